import JSONText

/// Turns the events of a streamed response into the chunks of a streamed chat completion.
///
/// It is told of each event and appends server-sent events to a buffer: a chunk with the role, one for
/// each delta, one with the reason of the end, one with the usage where it was asked for, and
/// `data: [DONE]`. Text of deltas is copied as it is escaped.
///
/// What deltas should have said and did not is made up for when an item or the response is done.
/// Nothing is said twice: where an event does not tell what it belongs to, it is taken for known.
public struct ChatStream: Sendable {
  /// Whether the last event was written; what is told after it changes nothing.
  public private(set) var isFinished = false

  let reply: ChatReply
  private let places: ChatPlaces?
  var chunks: ChunkWriter
  var calls = StreamedCalls()
  var texts = StreamedTexts()

  /// A stream before its first event.
  ///
  /// - Parameters:
  ///   - model: The model that was asked for, where the events name none.
  ///   - created: The time in whole seconds since 1970, where the events have none.
  ///   - reply: What the request said about its answer.
  public init(model: String, created: Int, reply: ChatReply = ChatReply()) {
    self.init(model: model, created: created, reply: reply, places: nil)
  }

  /// The stream that answers a request: an error in it names places of what the caller wrote.
  ///
  /// - Parameters:
  ///   - translation: The request.
  ///   - created: The time in whole seconds since 1970, where the events have none.
  public init(answering translation: ChatTranslation, created: Int) {
    self.init(
      model: translation.model, created: created, reply: translation.reply,
      places: translation.places)
  }

  private init(model: String, created: Int, reply: ChatReply, places: ChatPlaces?) {
    self.reply = reply
    self.places = places
    chunks = ChunkWriter(
      AnswerHead(model: model, created: created), includesUsage: reply.includesUsage)
  }

  /// Takes one event.
  ///
  /// - Parameters:
  ///   - type: The event's type; where it is empty, the data's own counts.
  ///   - data: The event's JSON.
  ///   - buffer: What the chunks that follow from it are appended to, as server-sent events.
  public mutating func take(
    type: String, data: ArraySlice<UInt8>, into buffer: inout [UInt8]
  ) {
    guard !isFinished else { return }
    if type.isEmpty {
      guard let event = StreamEvent(data) else {
        if data.contains(UInt8(ascii: "{")) { failForBadData(&buffer) }
        return
      }
      let stated = event.source.string(event.fields[.type]) ?? ""
      if let known = StreamEventType(rawValue: stated) { take(event, known, &buffer) }
      return
    }
    guard let known = StreamEventType(rawValue: type) else { return }
    guard let event = StreamEvent(data) else { return failForBadData(&buffer) }
    take(event, known, &buffer)
  }

  /// Takes that no more events come; without a terminal event before, the stream fails.
  ///
  /// - Parameter buffer: What the error is appended to.
  public mutating func end(into buffer: inout [UInt8]) {
    let failure = ChatFailure(
      message: "The upstream's stream ended before its answer did.", type: "server_error",
      code: "stream_truncated")
    fail(with: failure.body, into: &buffer)
  }

  /// Ends the stream with an error; there is no `[DONE]` behind it.
  ///
  /// - Parameters:
  ///   - body: The body of an error answer, `{"error": {…}}`, as ``ChatFailure/body`` has it.
  ///   - buffer: What it is appended to, as a server-sent event.
  public mutating func fail(with body: [UInt8], into buffer: inout [UInt8]) {
    guard !isFinished else { return }
    isFinished = true
    buffer.append(contentsOf: "data: ".utf8)
    buffer.append(onOneLine: body[...])
    buffer.append(contentsOf: "\n\n".utf8)
  }

  private mutating func failForBadData(_ buffer: inout [UInt8]) {
    let failure = ChatFailure.protocolError("An event of the upstream is no JSON object.")
    fail(with: failure.body, into: &buffer)
  }
}

extension ChatStream {
  private mutating func take(
    _ event: StreamEvent, _ type: StreamEventType, _ buffer: inout [UInt8]
  ) {
    switch type {
    case .created, .queued, .inProgress:
      if !chunks.hasBegun {
        chunks.read(event.source.fields(event.fields[.response]), in: event.source)
      }
    case .textDelta, .textDeltaAlias: takeText(event, .delta, isRefusal: false, &buffer)
    case .textDone: takeText(event, .text, isRefusal: false, &buffer)
    case .refusalDelta: takeText(event, .delta, isRefusal: true, &buffer)
    case .refusalDone: takeText(event, .refusal, isRefusal: true, &buffer)
    case .annotationAdded: takeAnnotation(event, &buffer)
    case .summaryDelta: takeReasoning(event, .delta, .summary, &buffer)
    case .summaryDone: takeReasoning(event, .text, .summary, &buffer)
    case .thoughtDelta: takeReasoning(event, .delta, .thought, &buffer)
    case .thoughtDone: takeReasoning(event, .text, .thought, &buffer)
    case .itemAdded: takeAdded(event, &buffer)
    case .argumentsDelta, .inputDelta: takeInputDelta(event, &buffer)
    case .argumentsDone: takeInputDone(event, .arguments, &buffer)
    case .inputDone: takeInputDone(event, .input, &buffer)
    case .itemDone:
      if let item = event.fields[.item] { takeDone(item, event.key, in: event.source, &buffer) }
    case .completed: finish(event, isIncomplete: false, &buffer)
    case .incomplete: finish(event, isIncomplete: true, &buffer)
    case .failed, .cancelled: failWithResponse(event, isCancelled: type == .cancelled, &buffer)
    case .error: fail(with: ChatFailure(event.root, isEvent: true, in: event.source), &buffer)
    }
  }

  private mutating func fail(with failure: ChatFailure, _ buffer: inout [UInt8]) {
    guard let places, let param = failure.param else {
      return fail(with: failure.body, into: &buffer)
    }
    let led = ChatFailure(
      message: failure.message, type: failure.type, param: places.parameter(of: param),
      code: failure.code)
    fail(with: led.body, into: &buffer)
  }

  private mutating func finish(
    _ event: StreamEvent, isIncomplete: Bool, _ buffer: inout [UInt8]
  ) {
    let source = event.source
    let response: Fields<ResponseMember> = source.fields(event.fields[.response])
    chunks.read(response, in: source)
    makeUp(for: response[.output], in: source, &buffer)
    begin(content: #""""#, &buffer)
    let reason = FinishReason(
      isIncomplete: isIncomplete || source.isString(response[.status], "incomplete"),
      details: response[.incompleteDetails], hasCalls: calls.count > 0, reply: reply, in: source)
    chunks.chunk(Array("{}".utf8), finish: reason, to: &buffer)
    chunks.usage(response[.usage], in: source, to: &buffer)
    buffer.append(contentsOf: "data: [DONE]\n\n".utf8)
    isFinished = true
  }

  private mutating func failWithResponse(
    _ event: StreamEvent, isCancelled: Bool, _ buffer: inout [UInt8]
  ) {
    let response: Fields<ResponseMember> = event.source.fields(event.fields[.response])
    var failure = ChatFailure(response[.error], in: event.source)
    if isCancelled, response[.error] == nil {
      failure = ChatFailure(
        message: "The response was cancelled.", type: "server_error", code: "cancelled")
    }
    fail(with: failure, &buffer)
  }

  /// Writes the chunk with the role before any other.
  ///
  /// Of the content it says `""` before text and null before anything else, so that an answer of calls
  /// alone has no content.
  mutating func begin(content: String, _ buffer: inout [UInt8]) {
    guard !chunks.hasBegun else { return }
    let delta = #"{"role":"assistant","content":\#(content),"refusal":null}"#
    chunks.chunk(Array(delta.utf8), to: &buffer)
  }

  /// Says what the response has and no event before had.
  private mutating func makeUp(
    for output: JSONValue?, in source: JSONSource, _ buffer: inout [UInt8]
  ) {
    let items = source.items(output)
    // Where some text was said it cannot be told which is missing; better less than twice.
    let lacksText = texts.parts.isEmpty
    let lacksReasoning = texts.reasoned.isEmpty
    let lacksCitations = texts.citationCount == 0
    for (place, item) in items.enumerated() {
      let id = item.member("id", in: source.bytes.span)
      let key = ItemKey(outputIndex: place, itemID: id.map { Array(source.slice($0.range)) })
      for piece in source.pieces(ofItem: item) {
        switch piece {
        case .text, .refusal: if lacksText { say(piece, of: key, in: source, &buffer) }
        case .summary, .thought: if lacksReasoning { say(piece, of: key, in: source, &buffer) }
        case .call(let call): complete(call, nil, in: source, &buffer)
        }
      }
    }
    if lacksCitations, !lacksText { cite(items, in: source, &buffer) }
  }
}
