#if Gateway
internal import NIOCore
internal import NIOHTTP1
internal import ProviderConfiguration
internal import TransportHost

/// Carries one request of the Responses API to whoever serves it, and the answer back.
struct ResponsesCall {
  private let request: ReceivedRequest
  private let generation: Generation
  private let call: CallRequest

  init(
    _ request: ReceivedRequest, operation: String, responseID: String, generation: Generation
  ) {
    self.request = request
    self.generation = generation
    var call = CallRequest(
      operation: operation, body: request.body.isEmpty ? nil : request.body,
      responseID: responseID, query: request.target.query.map { ($0.name, $0.value) })
    call.headers = request.headers
    call.limits = CallLimits(of: request).limits
    let client = request.client
    if client.entry?.models != nil { call.mayUse = { client.mayUse($0) } }
    self.call = call
  }

  /// Has the call answered.
  func run(with writer: AnswerWriter) async {
    do throws(CallError) {
      let events = try await generation.host.stream(call)
      if events.isStream {
        try await forward(events, to: writer)
      } else {
        try await send(events, to: writer)
      }
    } catch {
      writer.send(ErrorShape.answer(to: error))
    }
  }

  /// Forwards a stream, event by event.
  ///
  /// A failure after the first of them is told by the stream's own last event; where there was none,
  /// the connection breaks, so that nobody takes the answer for whole.
  private func forward(_ events: ResponseEvents, to writer: AnswerWriter) async throws(CallError) {
    var isBegun = false
    var isOver = false
    do throws(CallError) {
      var iterator = events.makeAsyncIterator()
      while let event = try await iterator.next(isolation: nil) {
        if !isBegun {
          isBegun = true
          writer.begin(AnswerHead.of(events))
        }
        isOver = event.isTerminal
        writer.write { EventText.append(event, to: &$0) }
        guard await writer.roomIsLeft() else { return }
      }
      if !isBegun { writer.begin(AnswerHead.of(events)) }
      writer.end()
    } catch {
      guard isBegun else { throw error }
      writer.end(isOver ? .complete : .broken)
    }
  }

  /// Sends a whole answer, once it is known to be one.
  private func send(_ events: ResponseEvents, to writer: AnswerWriter) async throws(CallError) {
    var body: ResponseEvent?
    for try await event in events { body = event }
    var head = AnswerHead.of(events)
    head.headers.add(name: "content-length", value: String(body?.data.count ?? 0))
    writer.begin(head)
    if let body { writer.write { $0.writeBytes(body.data) } }
    writer.end()
  }
}

/// The head of an answer that an upstream gave.
enum AnswerHead {
  /// Its status, the headers that may be passed on, and who answers.
  static func of(_ events: ResponseEvents) -> HTTPResponseHead {
    var headers = HTTPHeaders()
    headers.reserveCapacity(16)
    for (name, value) in HeaderRule.passed(events.headers) {
      headers.add(name: name, value: value)
    }
    let isOver = events.result != nil
    headers.add(
      name: AttemptHeader.name,
      value: AttemptHeader.text(events.attempts, open: isOver ? nil : events.target))
    return HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: events.status), headers: headers)
  }
}

/// What a request may take, as its headers say.
struct CallLimits {
  let limits: CallRequest.Limits

  /// Reads `x-jackfield-timeout: 30s`, `x-jackfield-max-retries: 0` and `x-jackfield-fallbacks: off`;
  /// what cannot be read limits nothing.
  init(of request: ReceivedRequest) {
    var limits = CallRequest.Limits()
    for (name, value) in request.headers where name.lowercased().hasPrefix("x-jackfield-") {
      switch name.lowercased() {
      case "x-jackfield-timeout": limits.total = DurationText.parse(value)
      case "x-jackfield-max-retries": limits.maxRetries = Int(value).map { max($0, 0) }
      case "x-jackfield-fallbacks": limits.allowsFallbacks = value != "off"
      default: break
      }
    }
    self.limits = limits
  }
}
#endif
