import JSONText

private enum FormatMember: String {
  case type
  case jsonSchema = "json_schema"
}

private enum TextMember: String { case format, verbosity }

private enum ReasoningMember: String { case effort }

private enum StreamOption: String {
  case includeUsage = "include_usage"
}

extension ChatRequestTranslator {
  /// Writes `response_format` and `verbosity` into `text`.
  mutating func writeText() throws(ChatRefusal) {
    let own = fields[.text]
    let format = fields[.responseFormat]
    let verbosity = fields[.verbosity]
    guard own != nil || format != nil || verbosity != nil else { return }
    let given: Fields<TextMember>? = try own.map { (own) throws(ChatRefusal) in
      try checkedFields(own)
    }
    out.key("text")
    // Made of two members it is none of them.
    if let single = own ?? (format == nil || verbosity == nil ? format ?? verbosity : nil) {
      out.made(of: single, members: own)
    }
    out.openObject()
    if let format {
      try refuseTwice(given?[.format], "response_format", "text.format")
      try writeFormat(format)
    } else if let value = given?[.format] {
      copy(value, as: "format")
    }
    if let verbosity {
      try refuseTwice(given?[.verbosity], "verbosity", "text.verbosity")
      try expect(verbosity, .string)
      copy(verbosity, as: "verbosity")
    } else if let value = given?[.verbosity] {
      copy(value, as: "verbosity")
    }
    for member in given?.others ?? [] { copy(member) }
    out.closeObject()
  }

  private mutating func writeFormat(_ format: JSONValue) throws(ChatRefusal) {
    let members: Fields<FormatMember> = try checkedFields(format)
    let type = try string(
      members[.type], "type", in: format, "Use text, json_object or json_schema.")
    out.key("format")
    guard source.isString(type, "json_schema") else { return out.copy(source.slice(format.range)) }
    guard let schema = members[.jsonSchema] else {
      throw missing("json_schema", in: format, "Put the schema's name and the schema under it.")
    }
    try expect(schema, .object)
    out.made(of: format, members: schema)
    out.openObject()
    copy(type, as: "type")
    // Its name, description, schema and strictness have the same names in both, and defaults.
    try close(others: self.members(of: schema) + members.others, besides: ["type"])
  }

  /// Writes `reasoning_effort` into `reasoning`.
  mutating func writeReasoning() throws(ChatRefusal) {
    let own = fields[.reasoning]
    guard let effort = fields[.reasoningEffort] else {
      if let own { copy(own, as: "reasoning") }
      return
    }
    try expect(effort, .string)
    let given: Fields<ReasoningMember>? = try own.map { (own) throws(ChatRefusal) in
      try checkedFields(own)
    }
    try refuseTwice(given?[.effort], "reasoning_effort", "reasoning.effort")
    out.key("reasoning")
    out.made(of: own ?? effort, members: own)
    out.openObject()
    copy(effort, as: "effort")
    for member in given?.others ?? [] { copy(member) }
    out.closeObject()
  }

  /// Writes `max_completion_tokens`, or its older name, as `max_output_tokens`.
  mutating func writeOutputLimit() throws(ChatRefusal) {
    var limit: JSONValue?
    for member in [ChatMember.maxCompletionTokens, .maxTokens, .maxOutputTokens] {
      guard let value = fields[member] else { continue }
      try expect(value, .number)
      if let limit, source.slice(limit.range) != source.slice(value.range) {
        throw refusal(
          .conflict, at: value, "Two limits of the answer's length differ.",
          "Send 'max_completion_tokens' alone.")
      }
      limit = limit ?? value
    }
    if let limit { copy(limit, as: "max_output_tokens") }
  }

  /// Writes `logprobs` and `top_logprobs` as `include` and `top_logprobs`.
  mutating func writeLogprobs() throws(ChatRefusal) {
    if let wanted = fields[.logprobs] { try expect(wanted, .true) }
    let isWanted = fields[.logprobs]?.kind == .true
    if let count = fields[.topLogprobs] {
      try expect(count, .number)
      if isWanted {
        copy(count, as: "top_logprobs")
      } else if source.integer(count) != 0 {
        throw refusal(
          .conflict, at: count, "'top_logprobs' needs 'logprobs'.",
          "Send \"logprobs\": true with it, or leave it out.")
      }
    }
    let own = fields[.include]
    guard let wanted = fields[.logprobs], isWanted else {
      if let own { copy(own, as: "include") }
      return
    }
    if let own { try expect(own, .array) }
    out.key("include")
    out.made(of: own ?? wanted)
    out.openArray()
    let name: StaticString = "message.output_text.logprobs"
    for item in source.items(own) where !source.isString(item, name) {
      out.copy(source.slice(item.range))
    }
    out.made(of: wanted)
    out.string("\(name)")
    out.closeArray()
  }

  /// Writes what `stream_options` has besides `include_usage`: Responses always tells the usage.
  ///
  /// - Returns: Whether the stream ends with the usage.
  mutating func writeStreamOptions() throws(ChatRefusal) -> Bool {
    guard let options = fields[.streamOptions] else { return false }
    let members: Fields<StreamOption> = try checkedFields(options)
    if !members.others.isEmpty {
      out.key("stream_options")
      out.made(of: options, members: options)
      out.openObject()
      for member in members.others { copy(member) }
      out.closeObject()
    }
    guard let usage = members[.includeUsage] else { return false }
    try expect(usage, .true)
    return usage.kind == .true
  }

  private func refuseTwice(
    _ value: JSONValue?, _ name: String, _ other: String
  ) throws(ChatRefusal) {
    guard let value else { return }
    throw refusal(
      .conflict, at: value, "'\(name)' and '\(other)' say the same.", "Send one of them.")
  }
}
