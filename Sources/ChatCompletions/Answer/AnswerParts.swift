import JSONText

private enum AnnotationMember: String {
  case type, url, title
  case startIndex = "start_index"
  case endIndex = "end_index"
}

private enum UsageMember: String {
  case inputTokens = "input_tokens"
  case outputTokens = "output_tokens"
  case totalTokens = "total_tokens"
  case inputDetails = "input_tokens_details"
  case outputDetails = "output_tokens_details"
}

extension JSONOutput {
  /// Writes a citation of the web; those of files have no counterpart.
  ///
  /// - Parameters:
  ///   - annotation: The annotation as Responses has it.
  ///   - start: How many scalars of the message stand before the text whose places it counts.
  ///   - source: The text it was found in.
  /// - Returns: Whether it was one.
  @discardableResult
  mutating func citation(
    _ annotation: JSONValue, startingAt start: Int, in source: JSONSource
  ) -> Bool {
    let fields: Fields<AnnotationMember> = source.fields(annotation)
    guard source.isString(fields[.type], "url_citation") else { return false }
    openObject()
    key("type")
    literal(#""url_citation""#)
    key("url_citation")
    openObject()
    for member in [AnnotationMember.startIndex, .endIndex] {
      guard let index = fields[member] else { continue }
      key(member.rawValue)
      if start > 0, let place = source.integer(index), place <= .max - start {
        literal(String(place + start))
      } else {
        copyOnOneLine(source.slice(index.range))
      }
    }
    for member in [AnnotationMember.url, .title] {
      key(member.rawValue)
      copyOnOneLine(source.stringLiteral(fields[member]))
    }
    closeObject()
    closeObject()
    return true
  }

  /// Writes the counts of tokens.
  ///
  /// The details have the same names in both APIs, below another name for the whole:
  /// <https://github.com/openai/openai-python/blob/main/src/openai/types/completion_usage.py>.
  mutating func usage(_ usage: JSONValue, in source: JSONSource) {
    let fields: Fields<UsageMember> = source.fields(usage)
    openObject()
    count("prompt_tokens", fields[.inputTokens], in: source)
    count("completion_tokens", fields[.outputTokens], in: source)
    if fields[.totalTokens] != nil {
      count("total_tokens", fields[.totalTokens], in: source)
    } else {
      let parts = [fields[.inputTokens], fields[.outputTokens]].map { source.integer($0) ?? 0 }
      let (sum, overflows) = parts[0].addingReportingOverflow(parts[1])
      key("total_tokens")
      literal(String(overflows ? .max : sum))
    }
    for (name, member) in [
      ("prompt_tokens_details", UsageMember.inputDetails),
      ("completion_tokens_details", .outputDetails),
    ] {
      guard let details = fields[member], details.kind == .object else { continue }
      key(name)
      copyOnOneLine(source.slice(details.range))
    }
    closeObject()
  }

  private mutating func count(_ name: String, _ value: JSONValue?, in source: JSONSource) {
    key(name)
    if let value, value.kind == .number {
      copy(source.slice(value.range))
    } else {
      literal("0")
    }
  }

  /// Writes a whole call as `tool_calls` has it.
  mutating func toolCall(_ call: FoundCall, number: Int, in source: JSONSource) {
    openObject()
    key("id")
    callID(call, number: number, in: source)
    key("type")
    string(call.isCustom ? "custom" : "function")
    key(call.isCustom ? "custom" : "function")
    callee(call, in: source)
    closeObject()
  }

  /// Writes a call's name and input.
  mutating func callee(_ call: FoundCall, in source: JSONSource) {
    openObject()
    key("name")
    copyOnOneLine(source.stringLiteral(call.name))
    key(call.isCustom ? "input" : "arguments")
    copy(source.stringLiteral(call.input))
    closeObject()
  }

  private mutating func callID(_ call: FoundCall, number: Int, in source: JSONSource) {
    if let id = call.id {
      copy(source.stringLiteral(id))
    } else {
      string("call_\(number)")
    }
  }
}
