import ResponseStream
import Testing

@Suite struct `A stream that says how it ended` {
  @Test func `is completed, with what the response object tells, D3-1`() {
    let exchange = Exchange([.event(Sent.created), .event(Sent.delta), .event(Sent.completed)])
    #expect(exchange.forwarded == [Sent.created, Sent.delta, Sent.completed])
    #expect(exchange.outcome?.kind == .completed)
    #expect(exchange.outcome?.error == nil)
    #expect(exchange.outcome?.responseID == "r")
    #expect(exchange.outcome?.model == "m")
    #expect(exchange.outcome?.usage == Array(#"{"input_tokens":1}"#.utf8))
    #expect(exchange.outcome?.eventCount == 3)
    #expect(exchange.outcome?.isCommitted == true)
  }

  @Test(arguments: ["max_output_tokens", "content_filter", "something_new"])
  func `is incomplete for the reason it gives, D3-2 D3-3`(reason: String) {
    let exchange = Exchange([.event(Sent.incomplete(reason))])
    #expect(exchange.forwarded == [Sent.incomplete(reason)])
    #expect(exchange.outcome?.kind == .incomplete(reason: reason))
  }

  @Test(arguments: [#""incomplete_details":null"#, #""x":1"#, #""incomplete_details":{}"#])
  func `is incomplete without a reason too`(member: String) {
    let event = #"{"type":"response.incomplete","response":{\#(member)}}"#
    #expect(Exchange([.event(event)]).outcome?.kind == .incomplete(reason: nil))
  }

  @Test func `is incomplete when a completed event holds an incomplete response`() {
    let event = Sent.incomplete("content_filter")
      .replacing("response.incomplete", with: "response.completed")
    #expect(Exchange([.event(event)]).outcome?.kind == .incomplete(reason: "content_filter"))
  }

  @Test(arguments: [
    ("failed", #"{"code":"c","message":"m"}"#, "c"),
    ("completed", #"{"code":"c","message":"m"}"#, "c"),
    ("cancelled", "null", "cancelled"),
  ])
  func `has failed when a completed event holds a failed response, D3-6`(
    status: String, error: String, code: String
  ) {
    let response = Sent.response(status, error: error)
    let exchange = Exchange([
      .event(Sent.created),
      .event(Sent.event("response.completed", #""response":\#(response)"#, 4)),
    ])
    #expect(exchange.forwarded == [Sent.created])
    #expect(exchange.terminalType == "response.failed")
    #expect(exchange.terminal?["response"]?["status"]?.string == "failed")
    #expect(exchange.terminal?["response"]?["error"]?["code"]?.string == code)
    #expect(exchange.terminal?["sequence_number"]?.integer == 5)
    #expect(exchange.outcome?.kind == .failed)
  }

  @Test func `waits for the error when a completed event holds a failed response without one`() {
    let failed = #""response":\#(Sent.response("failed"))"#
    var exchange = Exchange([.event(Sent.event("response.completed", failed, 4))])
    #expect(exchange.timers == 1)
    exchange.take(.event(Sent.errorFlat))
    #expect(exchange.terminal?["response"]?["error"]?["code"]?.string == "rate_limit_exceeded")
  }

  @Test func `has failed when the upstream cancelled it`() {
    let event = Sent.event("response.cancelled", #""response":\#(Sent.response("cancelled"))"#, 1)
    let exchange = Exchange([.event(event)])
    #expect(exchange.terminalType == "response.failed")
    #expect(exchange.outcome?.error?.code == "cancelled")
  }

  @Test(arguments: ["response.completed", "response.incomplete", "response.cancelled"])
  func `must hold a response object`(type: String) {
    let exchange = Exchange([.event(Sent.created), .event(#"{"type":"\#(type)"}"#)])
    #expect(exchange.outcome?.kind == .malformed)
    #expect(exchange.outcome?.error?.code == "protocol_error")
    #expect(exchange.terminalType == "response.failed")
  }

  @Test func `lets nothing out afterwards, and counts what it drops, D24`() {
    var exchange = Exchange([.event(Sent.completed), .event(Sent.delta), .event("garbage")])
    exchange.take(.event("[DONE]"))
    exchange.take(.event(" "))
    for step in [.event(Sent.completed), .body("{}"), .end, .fail(code: "x"), .timer]
      as [Exchange.Step]
    {
      exchange.take(step)
    }
    #expect(exchange.forwarded == [Sent.completed])
    #expect(exchange.outcomes.count == 1)
    #expect(!exchange.spokeAfterEnd)
    #expect(exchange.stream.droppedEvents == 3)
  }

  @Test func `may end without its last blank line, D05`() {
    #expect(Exchange([.unterminated(Sent.completed)]).outcome?.kind == .completed)
  }
}

@Suite struct `A stream that does not say how it ended` {
  static let endings: [(Exchange.Step, String)] = [
    (.end, "stream_truncated"), (.event("[DONE]"), "stream_truncated"),
    (.event(" [DONE]\n"), "stream_truncated"), (.fail(code: "timeout_idle"), "timeout_idle"),
    (.fail(code: "network"), "network"),
  ]

  @Test(arguments: endings)
  func `has failed, with the response object it had, D04 D26 D3-7`(
    ending: Exchange.Step, code: String
  ) {
    let exchange = Exchange([.event(Sent.created), .event(Sent.delta), ending])
    #expect(exchange.outcome?.kind == .truncated)
    #expect(exchange.outcome?.error?.code == code)
    #expect(exchange.outcome?.responseID == "r")
    #expect(exchange.terminalType == "response.failed")
    let event = exchange.terminal
    #expect(event?["type"]?.string == "response.failed")
    #expect(event?["sequence_number"]?.integer == 2)
    #expect(event?["response"]?["id"]?.string == "r")
    #expect(event?["response"]?["status"]?.string == "failed")
    #expect(event?["response"]?["error"]?["code"]?.string == code)
  }

  @Test(arguments: endings)
  func `has failed with a bare error where it had none, D04 D26 D3-7`(
    ending: Exchange.Step, code: String
  ) {
    let exchange = Exchange([ending])
    #expect(exchange.outcome?.kind == .truncated)
    #expect(exchange.terminalType == "error")
    #expect(exchange.terminal?["type"]?.string == "error")
    #expect(exchange.terminal?["sequence_number"]?.integer == 0)
    #expect(exchange.terminal?["code"]?.string == code)
    #expect(exchange.terminal?["error"]?["code"]?.string == code)
    #expect(exchange.terminal?["param"]?.isNull == true)
  }

  @Test func `has failed when its unterminated rest is not whole, D05`() {
    let rest = String(Sent.completed.dropLast(3))
    let exchange = Exchange([.event(Sent.created), .unterminated(rest), .end])
    #expect(exchange.outcome?.error?.code == "stream_truncated")
  }

  @Test func `numbers its last event even where the upstream numbers none`() {
    let exchange = Exchange([.event(Sent.unknown), .event(Sent.unknown), .end])
    #expect(exchange.terminal?["sequence_number"]?.integer == 2)
  }

  @Test func `numbers its last event above all others, in whatever order they came, D09`() {
    let exchange = Exchange([
      .event(#"{"type":"x","sequence_number":5}"#), .event(#"{"type":"x","sequence_number":3}"#),
      .end,
    ])
    #expect(exchange.terminal?["sequence_number"]?.integer == 6)
  }

  @Test(arguments: ["9223372036854775807", "99999999999999999999", "-1", "1.5", "\"7\""])
  func `survives any sequence number`(number: String) {
    let exchange = Exchange([.event(#"{"type":"x","sequence_number":\#(number)}"#), .end])
    #expect(exchange.terminal?["sequence_number"]?.integer != nil)
  }

  @Test(arguments: ["garbage", "[1]", "7", "{", "upstream connect error", "\u{FEFF}{}", "{} {}"])
  func `has misbehaved when an event is no JSON object`(data: String) {
    let exchange = Exchange([.event(Sent.created), .event(data)])
    #expect(exchange.outcome?.kind == .malformed)
    #expect(exchange.outcome?.error?.code == "protocol_error")
    #expect(exchange.outcome?.error?.raw == Array(data.utf8))
    #expect(exchange.terminalType == "response.failed")
  }
}
