import ResponseStream
import ServerSentEvents
import Testing

/// A conversation step with reasoning, a tool call and a text, as the upstreams frame it.
private let wire = """
  event: response.created
  data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","status":"in_progress","model":"m-1","output":[],"error":null}}

  event: response.in_progress
  data: {"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1","object":"response","status":"in_progress","model":"m-1","output":[],"error":null}}

  : keep-alive

  event: response.output_item.added
  data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}

  event: response.output_item.done
  data: {"type":"response.output_item.done","sequence_number":3,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}

  event: response.output_item.added
  data: {"type":"response.output_item.added","sequence_number":4,"output_index":1,"item":{"id":"fc_1","type":"function_call","call_id":"call_1","name":"weather","arguments":"","status":"in_progress"}}

  event: response.function_call_arguments.delta
  data: {"type":"response.function_call_arguments.delta","sequence_number":5,"item_id":"fc_1","output_index":1,"delta":"{\\"city\\":\\"Köln\\"}"}

  event: response.function_call_arguments.done
  data: {"type":"response.function_call_arguments.done","sequence_number":6,"item_id":"fc_1","output_index":1,"arguments":"{\\"city\\":\\"Köln\\"}"}

  event: response.output_item.done
  data: {"type":"response.output_item.done","sequence_number":7,"output_index":1,"item":{"id":"fc_1","type":"function_call","call_id":"call_1","name":"weather","arguments":"{\\"city\\":\\"Köln\\"}","status":"completed"}}

  event: response.completed
  data: {"type":"response.completed","sequence_number":8,"response":{"id":"resp_1","object":"response","status":"completed","model":"m-1","output":[{"id":"rs_1","type":"reasoning","summary":[]},{"id":"fc_1","type":"function_call","call_id":"call_1","name":"weather","arguments":"{\\"city\\":\\"Köln\\"}","status":"completed"}],"error":null,"usage":{"input_tokens":9,"output_tokens":7}}}


  """

@Suite struct `A real stream` {
  private static let events: [(name: String, data: String)] = {
    var parser = ServerSentEventParser()
    var events: [(String, String)] = []
    parser.append(Array(wire.utf8).span)
    while case .event(let event)? = parser.nextEvent() {
      parser.withEvent(event) { name, data in events.append((text(name), text(data))) }
    }
    return events
  }()

  @Test func `has nine events`() {
    #expect(Self.events.count == 9)
  }

  @Test func `leaves whole and is completed`() {
    let exchange = Exchange(Self.events.map { .named($0.name, $0.data) })
    #expect(exchange.forwarded == Self.events.map(\.data))
    #expect(exchange.outcome?.kind == .completed)
    #expect(exchange.outcome?.eventCount == 9)
  }

  @Test(arguments: 0..<9, [.end, .fail(code: "network"), .event("[DONE]")] as [Exchange.Step])
  func `ends in one failure when it is cut behind any event`(length: Int, ending: Exchange.Step) {
    var exchange = Exchange(Self.events.prefix(length).map { .named($0.name, $0.data) })
    #expect(!exchange.isOver)
    exchange.take(ending)
    #expect(exchange.outcomes.count == 1)
    #expect(exchange.outcome?.kind == .truncated)
    #expect(exchange.outcome?.eventCount == length)
    #expect(exchange.outcome?.isCommitted == (length > 2))
    #expect(exchange.outcome?.responseID == (length > 0 ? "resp_1" : nil))
    #expect(exchange.terminalType == (length > 0 ? "response.failed" : "error"))
    #expect(exchange.terminal?["sequence_number"]?.integer == length)
    exchange.take(.end)
    #expect(exchange.outcomes.count == 1)
  }

  @Test func `ends in exactly one terminal event when it is cut at any byte`() {
    let bytes = Array(wire.utf8)
    for length in 0...bytes.count {
      var parser = ServerSentEventParser()
      let part = bytes[..<length]
      parser.append(part.span)
      parser.finish()
      var exchange = Exchange()
      while let step = try? parser.next() {
        guard case .event(let event) = step else { continue }
        let data = parser.withEvent(event) { text($1) }
        exchange.take(event.isTerminated ? .event(data) : .unterminated(data))
      }
      exchange.take(.end)
      #expect(exchange.outcomes.count == 1)
      // The last event is whole from its closing brace on.
      let isWhole = length >= bytes.count - 2
      #expect((exchange.outcome?.kind == .completed) == isWhole, "cut at \(length)")
    }
  }
}

private func text(_ span: Span<UInt8>) -> String {
  String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
}

extension ServerSentEventParser {
  /// The next step that is no comment.
  fileprivate mutating func nextEvent() -> Step? {
    while let step = try? next() {
      if step != .comment { return step }
    }
    return nil
  }
}
