import ResponseStream
import Testing

@Suite struct `A whole body in place of a stream` {
  @Test(arguments: [
    ("completed", ResponseOutcome.Kind.completed, "response.completed"),
    ("incomplete", .incomplete(reason: nil), "response.incomplete"),
  ])
  func `becomes the terminal event of its response, D08`(
    status: String, kind: ResponseOutcome.Kind, type: String
  ) {
    let body = " \(Sent.response(status, usage: true))\n"
    let exchange = Exchange([.body(body)])
    #expect(exchange.outcome?.kind == kind)
    #expect(exchange.outcome?.usage == Array(#"{"input_tokens":1}"#.utf8))
    #expect(exchange.outcome?.responseID == "r")
    #expect(
      exchange.terminalText
        == #"{"type":"\#(type)","sequence_number":0,"response":\#(body.trimmed)}"#)
    #expect(exchange.terminalType == type)
  }

  @Test func `fails when its response failed`() {
    let exchange = Exchange([.body(Sent.response("failed", error: #"{"code":"c","message":"m"}"#))])
    #expect(exchange.outcome?.kind == .failed)
    #expect(exchange.terminalType == "response.failed")
    #expect(exchange.terminal?["response"]?["id"]?.string == "r")
    #expect(exchange.terminal?["response"]?["error"]?["code"]?.string == "c")
  }

  @Test(arguments: [
    (#"{"error":{"code":"c","message":"m","type":"t","param":"p"}}"#, "c"),
    (#"{"error":{"code":"DeploymentNotFound","message":"m"}}"#, "DeploymentNotFound"),
    (#"{"statusCode":401,"message":"m"}"#, "401"),
    (#"{"error":{"code":404,"message":"m"}}"#, "404"),
  ])
  func `fails when it is an error, D08 E.1`(body: String, code: String) {
    let exchange = Exchange([.body(body)])
    #expect(exchange.outcome?.kind == .failed)
    #expect(exchange.outcome?.error?.code == code)
    #expect(exchange.outcome?.error?.message == "m")
    #expect(exchange.terminalType == "error")
    #expect(exchange.terminal?["code"]?.string == code)
  }

  @Test(arguments: [
    "no healthy upstream", "", "<html>\n<body>", "[]", "null", "{}",
    #"{"object":"list","data":[]}"#,
    #"{"object":"chat.completion","choices":[]}"#, Sent.response("in_progress"),
    Sent.response("queued"),
  ])
  func `is malformed when it is neither, D08 E.1`(body: String) {
    let exchange = Exchange([.body(body)])
    #expect(exchange.outcome?.kind == .malformed)
    #expect(exchange.outcome?.error?.code == "protocol_error")
    #expect(exchange.terminal?["type"]?.string == exchange.terminalType)
  }

  @Test func `is quoted no further than it helps`() {
    let body = "no healthy upstream \u{1}\(String(repeating: "x", count: 5000))"
    let error = Exchange([.body(body)]).outcome?.error
    #expect(error?.raw.count == 2048)
    #expect(error?.message?.hasSuffix(#": "no healthy upstream …""#) == true)
  }
}

@Suite struct `The whole body of a request for no stream` {
  @Test(arguments: [
    (Sent.response("completed"), ResponseOutcome.Kind.completed),
    (Sent.response("queued"), .accepted), (Sent.response("in_progress"), .accepted),
    (Sent.response("failed"), .failed), (Sent.response("cancelled"), .failed),
    (Sent.response("completed", error: #"{"code":"c","message":"m"}"#), .failed),
    (
      #"{"object":"response","status":"incomplete","incomplete_details":{"reason":"content_filter"}}"#,
      .incomplete(reason: "content_filter")
    ),
    (#"{"status":"completed","output":[]}"#, .completed),
    (#"{"error":{"message":"m"}}"#, .failed), (#"{"statusCode":401,"message":"m"}"#, .failed),
    (#"{"object":"list","data":[]}"#, .completed),
    (#"{"id":"r","object":"response","deleted":true}"#, .completed),
    (#"{"object":"response.input_tokens","input_tokens":3}"#, .completed),
    ("{}", .malformed), ("[]", .malformed), ("<html>", .malformed), ("", .malformed),
  ])
  func `says how it ended`(body: String, kind: ResponseOutcome.Kind) {
    let outcome = ResponseOutcome(ofBody: Array(body.utf8).span)
    #expect(outcome.kind == kind)
    #expect((outcome.error != nil) == [.failed, .malformed].contains(kind))
  }

  @Test func `tells id, model and usage`() {
    let outcome = ResponseOutcome(
      ofBody: Array(Sent.response("completed", usage: true).utf8).span)
    #expect(outcome.responseID == "r")
    #expect(outcome.model == "m")
    #expect(outcome.usage == Array(#"{"input_tokens":1}"#.utf8))
  }
}

extension String {
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
