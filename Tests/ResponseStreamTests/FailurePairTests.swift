import ResponseStream
import Testing

@Suite struct `A reported failure` {
  static let failed = [Sent.failedNull, Sent.failedMessage, Sent.failedWhole, Sent.failed("{}")]
  static let errors = [Sent.errorNull, Sent.errorMessage, Sent.errorWhole, Sent.errorFlat]

  /// The best that one or both of the events know, by the rules of the contract.
  private func expectedCode(_ first: String, _ second: String?) -> String? {
    let known = [first, second].compactMap(\.self).compactMap { event in
      [Sent.errorWhole, Sent.errorFlat].contains(event)
        ? "rate_limit_exceeded" : event == Sent.failedWhole ? "server_error" : nil
    }
    return known.first
  }

  @Test(arguments: failed, errors)
  func `leaves once when response.failed comes first, D21`(failed: String, error: String) {
    expectOneFailure([failed, error], before: [Sent.created])
    expectOneFailure([failed, error], before: [])
  }

  @Test(arguments: errors, failed)
  func `leaves once when error comes first, D20`(error: String, failed: String) {
    expectOneFailure([error, failed], before: [Sent.created])
    if expectedCode(error, nil) == nil {
      expectOneFailure([error, failed], before: [])
    }
  }

  private func expectOneFailure(
    _ pair: [String], before: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var exchange = Exchange((before + pair).map(Exchange.Step.event))
    let isOver = exchange.isOver
    exchange.take(.end)
    #expect(isOver, "the pair ends the stream", sourceLocation: sourceLocation)
    #expect(exchange.outcomes.count == 1, sourceLocation: sourceLocation)
    #expect(exchange.outcome?.kind == .failed, sourceLocation: sourceLocation)
    #expect(exchange.forwarded == before, sourceLocation: sourceLocation)
    #expect(exchange.terminalType == "response.failed", sourceLocation: sourceLocation)
    let error = exchange.terminal?["response"]?["error"]
    let code = expectedCode(pair[0], pair[1])
    let isSilent = !pair.contains { $0 == Sent.failedMessage || $0 == Sent.errorMessage }
    #expect(exchange.terminal?["response"]?["id"]?.string == "r", sourceLocation: sourceLocation)
    #expect(
      exchange.terminal?["response"]?["status"]?.string == "failed", sourceLocation: sourceLocation)
    #expect(
      error?["code"]?.string == code ?? (isSilent ? "upstream_failed" : nil),
      sourceLocation: sourceLocation)
    #expect(error?["message"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
    #expect(
      exchange.outcome?.error?.code == error?["code"]?.string, sourceLocation: sourceLocation)
    #expect(
      exchange.outcome?.error?.message == error?["message"]?.string, sourceLocation: sourceLocation)
  }

  @Test func `that tells code and message leaves at once, byte for byte, D24 D3-4`() {
    let exchange = Exchange([.event(Sent.created), .event(Sent.failedWhole)])
    #expect(exchange.terminalText == Sent.failedWhole)
    #expect(exchange.timers == 0)
    #expect(
      exchange.outcome?.error?.raw == Array(#"{"code":"server_error","message":"It broke."}"#.utf8))
    #expect(exchange.outcome?.eventCount == 2)
  }

  @Test(arguments: [Sent.failedNull, Sent.failedMessage, Sent.errorNull, Sent.errorMessage])
  func `that tells too little waits for the rest, D21 D22`(event: String) {
    var exchange = Exchange([.event(Sent.created), .event(event)])
    #expect(!exchange.isOver)
    #expect(exchange.timers == 1)
    exchange.take(.event(" "))
    #expect(!exchange.isOver)
    exchange.take(.timer)
    #expect(exchange.outcome?.kind == .failed)
    #expect(exchange.terminalType == "response.failed")
  }

  @Test(
    arguments: [
      .end, .fail(code: "network"), .event("[DONE]"), .timer, .event(Sent.delta), .event("garbage"),
      .event(Sent.completed), .event(Sent.incomplete("x")),
    ] as [Exchange.Step])
  func `that waits is told when anything else happens`(step: Exchange.Step) {
    for event in [Sent.failedMessage, Sent.errorMessage] {
      let exchange = Exchange([.event(Sent.created), .event(event), step])
      #expect(exchange.outcome?.kind == .failed)
      #expect(exchange.outcome?.error?.code == nil)
      #expect(exchange.terminal?["response"]?["error"]?["message"]?.string?.isEmpty == false)
      #expect(exchange.stream.droppedEvents == (step.data.isEmpty || step.data == "[DONE]" ? 0 : 1))
    }
  }

  @Test func `with a message and no code leaves as it came, D22`() {
    let exchange = Exchange([.event(Sent.failedMessage), .end])
    #expect(exchange.terminalText == Sent.failedMessage)
  }

  @Test func `keeps all that either event says, D21 D22`() {
    let exchange = Exchange([
      .event(Sent.failedMessage),
      .event(
        Sent.error(#"{"type":"t","code":429,"message":"no","param":"p","headers":{"a":"b"}}"#)),
    ])
    let error = exchange.terminal?["response"]?["error"]
    #expect(error?["message"]?.string == "Too many")
    #expect(error?["code"]?.string == "429")
    #expect(error?["type"]?.string == "t")
    #expect(error?["param"]?.string == "p")
    #expect(error?["headers"]?["a"]?.string == "b")
  }

  @Test func `keeps members of the error that it does not know`() {
    let exchange = Exchange([
      .event(Sent.failedNull),
      .event(Sent.error(#"{"code":"c","message":"m","innererror":{"code":"Filtered"}}"#)),
    ])
    let error = exchange.terminal?["response"]?["error"]
    #expect(error?["innererror"]?["code"]?.string == "Filtered")
    #expect(exchange.outcome?.error?.raw.isEmpty == false)
  }

  @Test func `keeps members that stand at the root of an event, without the event's own, E.1`() {
    let exchange = Exchange([
      .event(Sent.failedNull),
      .event(
        #"{"type":"error","code":"c","message":"m","sequence_number":9,"headers":{"a":"b"}}"#),
    ])
    #expect(
      exchange.terminalText == Sent.failed(#"{"code":"c","message":"m","headers":{"a":"b"}}"#))
  }

  @Test func `keeps what its own error already says, whatever the other says of it`() {
    let exchange = Exchange([
      .event(Sent.failed(#"{"message":"longer words","x":1,"y":null}"#)),
      .event(Sent.error(#"{"code":"c","message":"m","x":2,"y":3}"#)),
    ])
    #expect(
      exchange.terminalText
        == Sent.failed(#"{"message":"longer words","x":1,"y":3,"code":"c"}"#))
  }

  @Test func `keeps members that only response.failed has`() {
    let exchange = Exchange([
      .event(#"{"type":"error","message":"m"}"#), .event(Sent.failed(#"{"code":"c","extra":1}"#)),
    ])
    #expect(
      exchange.terminalText == Sent.failed(#"{"code":"c","extra":1,"message":"m"}"#))
  }

  @Test func `is told as response.failed when error itself carries the response object`() {
    let event = Sent.event(
      "error",
      #""response":\#(Sent.response("in_progress")),"error":{"code":"c","message":"m"}"#, 3)
    let exchange = Exchange([.event(event)])
    #expect(exchange.terminalType == "response.failed")
    #expect(exchange.terminal?["type"]?.string == "response.failed")
    #expect(exchange.terminal?["response"]?["error"]?["code"]?.string == "c")
  }

  @Test func `changes nothing in response.failed but the error`() {
    let event =
      #"{ "type":"response.failed", "a":1.0, "response":{"error":null,"b":"\u00e9","b":2} , "c":[] }"#
    let exchange = Exchange([.event(event), .event(Sent.errorFlat)])
    #expect(
      exchange.terminalText
        == event.replacing(
          "null", with: #"{"code":"rate_limit_exceeded","message":"Slow down.","param":"x"}"#))
  }

  @Test func `takes the response object seen last when error comes alone`() {
    let later = Sent.created.replacing("response.created", with: "response.in_progress")
      .replacing(#""id":"r""#, with: #""id":"later","tools":[1.50]"#)
    let exchange = Exchange([.event(Sent.created), .event(later), .event(Sent.errorFlat)])
    #expect(exchange.terminalType == "response.failed")
    #expect(exchange.terminal?["response"]?["id"]?.string == "later")
    #expect(exchange.terminalText?.contains(#""tools":[1.50]"#) == true)
    #expect(exchange.terminal?["sequence_number"]?.integer == 4)
    #expect(exchange.outcome?.responseID == "later")
    #expect(exchange.outcome?.error?.param == "x")
  }

  @Test func `takes no response object from a part of the answer`() {
    let part = #"{"type":"response.output_item.added","response":{"id":"other"}}"#
    let exchange = Exchange([.event(Sent.created), .event(part), .event(Sent.errorFlat)])
    #expect(exchange.terminal?["response"]?["id"]?.string == "r")
    #expect(exchange.stream.responseID == "r")
  }

  @Test(arguments: [Sent.errorWhole, Sent.errorFlat])
  func `leaves as it came where no response object was seen, D20 D3-5`(event: String) {
    let exchange = Exchange([.event(event)])
    #expect(exchange.terminalType == "error")
    #expect(exchange.terminalText == event)
    #expect(exchange.outcome?.error?.code == "rate_limit_exceeded")
    #expect(exchange.outcome?.error?.message == "Slow down.")
  }

  @Test(arguments: [
    ("", #"{"error":{"code":"c","message":"m"}}"#),
    ("error", #"{"error":{"code":"c","message":"m"}}"#),
    ("error", #"{"type":"server_error","code":"c","message":"m"}"#),
    ("", #"{"type":"server_error","error":{"code":"c","message":"m"}}"#),
    ("", #"{"code":"c","message":"m","statusCode":429}"#),
  ])
  func `is an error however it is dressed, and leaves as one, E.1`(name: String, data: String) {
    let exchange = Exchange([.named(name, data)])
    #expect(exchange.outcome?.kind == .failed)
    #expect(exchange.outcome?.error?.code == "c")
    #expect(exchange.terminalType == "error")
    #expect(exchange.terminal?["type"]?.string == "error")
    #expect(exchange.terminal?["message"]?.string == "m")
    #expect(exchange.terminal?["error"]?["message"]?.string == "m")
  }

  @Test(
    arguments: [
      (#""text""#, nil, "text"), (#"{"message":{"a":1}}"#, nil, #"{"a":1}"#),
      (#"{"code":404,"message":"m"}"#, "404", "m"), (#"{"code":"","message":""}"#, nil, nil),
      (#"{"code":null,"type":"t"}"#, nil, nil), ("[1]", nil, "[1]"), ("true", nil, "true"),
    ] as [(String, String?, String?)])
  func `may be written in many ways, E.1`(error: String, code: String?, message: String?) {
    let exchange = Exchange([.event(Sent.error(error)), .end])
    #expect(exchange.outcome?.kind == .failed)
    let isUntold = error.contains(#""code":"""#)
    #expect(exchange.outcome?.error?.code == (isUntold ? "upstream_failed" : code))
    #expect(isUntold || exchange.outcome?.error?.message == message)
    #expect(exchange.terminal?["type"]?.string == "error")
  }
}
