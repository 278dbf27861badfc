import JSONText

/// Translates whole answers of Responses to chat completions.
public enum ChatAnswer {
  /// Translates a response object to a `chat.completion` object.
  ///
  /// - Parameters:
  ///   - response: The response object.
  ///   - reply: What the request said about its answer.
  ///   - model: The model that was asked for, where the object names none.
  ///   - created: The time in whole seconds since 1970, where the object has none.
  /// - Returns: The completion: one JSON object.
  /// - Throws: ``ChatFailure``, where the object is of a response that failed, was cancelled or is not
  ///   finished, or where it is none.
  public static func completion(
    from response: ArraySlice<UInt8>, reply: ChatReply = ChatReply(), model: String, created: Int
  ) throws(ChatFailure) -> [UInt8] {
    let source = JSONSource(response)
    guard let index = try? JSONText.index(source.bytes.span), index.root.kind == .object else {
      throw .protocolError("The upstream's answer is no JSON object.")
    }
    let fields = Fields<ResponseMember>(index.members, in: source.bytes.span)
    guard let output = fields[.output], output.kind == .array else {
      if let failure = ChatFailure(unlessAnswered: fields, in: source) { throw failure }
      throw .protocolError("The upstream's answer is no response object: it has no 'output'.")
    }
    if let failure = ChatFailure(unlessAnswered: fields, in: source) { throw failure }
    var head = AnswerHead(model: model, created: created)
    head.read(fields, in: source)
    let message = AnswerMessage(output, in: source)

    var out = JSONOutput(capacity: response.count + 256)
    out.openObject()
    head.write(object: "chat.completion", to: &out)
    out.key("choices")
    out.openArray()
    out.openObject()
    out.key("index")
    out.literal("0")
    out.key("message")
    message.write(reply, in: source, to: &out)
    out.key("logprobs")
    message.writeLogprobs(in: source, to: &out)
    out.key("finish_reason")
    let reason = FinishReason(
      isIncomplete: source.isString(fields[.status], "incomplete"),
      details: fields[.incompleteDetails], hasCalls: !message.calls.isEmpty, reply: reply,
      in: source)
    out.string(reason.rawValue)
    out.closeObject()
    out.closeArray()
    if let usage = fields[.usage], usage.kind == .object {
      out.key("usage")
      out.usage(usage, in: source)
    }
    out.closeObject()
    return out.bytes
  }
}

/// What all output items together say.
struct AnswerMessage {
  private var texts: [(text: JSONValue, annotations: JSONValue?, logprobs: JSONValue?)] = []
  private var refusals: [JSONValue] = []
  private var summaries: [JSONValue] = []
  private var thoughts: [JSONValue] = []
  private(set) var calls: [FoundCall] = []

  init(_ output: JSONValue, in source: JSONSource) {
    for item in source.items(output) {
      for piece in source.pieces(ofItem: item) {
        switch piece {
        case .text(let text, _, let annotations, let logprobs):
          texts.append((text, annotations, logprobs))
        case .refusal(let refusal, _): refusals.append(refusal)
        case .summary(let summary): summaries.append(summary)
        case .thought(let thought): thoughts.append(thought)
        case .call(let call): calls.append(call)
        }
      }
    }
  }

  func write(_ reply: ChatReply, in source: JSONSource, to out: inout JSONOutput) {
    out.openObject()
    out.key("role")
    out.literal(#""assistant""#)
    writeJoined("content", texts.map(\.text), in: source, to: &out)
    writeJoined("refusal", refusals, in: source, to: &out)
    let reasoning = summaries.isEmpty ? thoughts : summaries
    if !reasoning.isEmpty {
      writeJoined("reasoning_content", reasoning, separator: #"\n\n"#, in: source, to: &out)
    }
    writeAnnotations(in: source, to: &out)
    if reply.usesFunctionCall, let call = calls.first {
      out.key("function_call")
      out.callee(call, in: source)
    } else if !calls.isEmpty {
      out.key("tool_calls")
      out.openArray()
      for (number, call) in calls.enumerated() { out.toolCall(call, number: number, in: source) }
      out.closeArray()
    }
    out.closeObject()
  }

  /// Writes strings as one, their escapes as they stand, or null where there are none.
  private func writeJoined(
    _ name: String, _ strings: [JSONValue], separator: String = "", in source: JSONSource,
    to out: inout JSONOutput
  ) {
    out.key(name)
    guard strings.count > 1 else {
      if let string = strings.first {
        out.copy(source.slice(string.range))
      } else {
        out.literal("null")
      }
      return
    }
    out.string(
      escaped: Array(strings.map(source.content(of:)).joined(separator: Array(separator.utf8))))
  }

  private func writeAnnotations(in source: JSONSource, to out: inout JSONOutput) {
    out.key("annotations")
    out.openArray()
    var start = 0
    for (place, part) in texts.enumerated() {
      for annotation in source.items(part.annotations) {
        out.citation(annotation, startingAt: start, in: source)
      }
      if place + 1 < texts.count { start += source.scalarCount(ofString: part.text) }
    }
    out.closeArray()
  }

  /// Writes the tokens' probabilities, which have the same form in both APIs, or null.
  func writeLogprobs(in source: JSONSource, to out: inout JSONOutput) {
    let tokens = texts.flatMap { source.items($0.logprobs) }
    guard !tokens.isEmpty else { return out.literal("null") }
    out.openObject()
    out.key("content")
    out.openArray()
    for token in tokens { out.copy(source.slice(token.range)) }
    out.closeArray()
    out.key("refusal")
    out.literal("null")
    out.closeObject()
  }
}
