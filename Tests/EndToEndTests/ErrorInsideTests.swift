import ProviderConfiguration
import Testing
import TransportHost

/// Errors behind a status of 200, in every shape of E.1.
@Suite struct `An error inside of a 200` {
  typealias Reply = StreamedReply

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: String
    let code: ErrorCode
    /// What the upstream's own words must hold.
    var words = "m"
  }

  static let shapes = [
    Row(
      testDescription: "E.1 1: the whole object, its code null",
      body:
        #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":null}}"#,
      code: .quotaExhausted, words: "You exceeded your current quota"),
    Row(
      testDescription: "E.1 2: a filter's findings besides",
      body: #"{"error":{"code":"content_filter","message":"m","status":400,"#
        + #""innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}}"#,
      code: .contentFiltered),
    Row(
      testDescription: "E.1 3: code and message alone, the code in capitals",
      body: #"{"error":{"code":"Rate_Limit_Exceeded","message":"m"}}"#, code: .rateLimited),
    Row(
      testDescription: "E.1 4: no wrapper", body: #"{"statusCode":500,"message":"m"}"#,
      code: .upstreamFailed),
    Row(
      testDescription: "E.1 6: a message that is JSON again",
      body:
        #"{"error":{"message":"{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}}"}}"#,
      code: .rateLimited),
    Row(
      testDescription: "E.1 6: a message that is an object",
      body: #"{"error":{"message":{"code":"rate_limit_exceeded","message":"m"}}}"#,
      code: .rateLimited),
    Row(
      testDescription: "E.1 6: text", body: "no healthy upstream", code: .protocolError,
      words: "no healthy upstream"),
    Row(
      testDescription: "E.1 6: text with a colon",
      body: "upstream connect error: reset before headers", code: .protocolError,
      words: "upstream connect error"),
    Row(
      testDescription: "E.1 6: a page", body: "<html>\n<body>502</body>", code: .protocolError,
      words: "<html>"),
  ]

  @Test(arguments: shapes, ["application/json", "text/event-stream", "text/html", nil])
  func `as a whole body is that error, whatever it is called, D08`(
    row: Row, type: String?
  ) async throws {
    for mark in ["", "\u{FEFF}"] {
      let reply = try await Reply(mark + row.body, type: type)
      let error = try #require(reply.error)
      #expect(error.code == row.code, "\(error)")
      #expect(error.upstream?.status == 200)
      let said = error.message + (error.upstream?.message ?? "") + (error.upstream?.body ?? "")
      #expect(said.contains(row.words))
      #expect(reply.events.map(\.type) == ["error"])
    }
  }

  @Test(arguments: shapes.filter { $0.code != .protocolError }, ["", "event: error\n"])
  func `as an event is that error, D20 D25`(row: Row, name: String) async throws {
    let reply = try await Reply(
      "data: \(Reply.created)\n\n\(name)data: \(row.body)\n\n", staysOpen: false)
    #expect(reply.error?.code == row.code, "\(String(describing: reply.error))")
    #expect(reply.events.map(\.type) == ["response.created", "response.failed"])
  }

  @Test(arguments: shapes)
  func `in place of an answer that is no stream is that error`(row: Row) async throws {
    let reply = try await Reply(row.body, type: "application/json", isStream: false)
    #expect(reply.error?.code == row.code, "\(String(describing: reply.error))")
  }

  @Test(arguments: ["application/json", "text/plain", nil])
  func `is none where a stream is called something else, D08`(type: String?) async throws {
    let events = Reply.stream(Reply.delta, Reply.completed(Reply.message()))
    for start in ["", "\u{FEFF}", ": hello\n\n", "\n", "event: response.output_text.delta\n"] {
      let reply = try await Reply(start + events, type: type)
      #expect(reply.deltas == "Hi")
      #expect(reply.result?.text == "Hi")
    }
  }

  @Test(arguments: ["application/json", "text/event-stream", nil])
  func `is none where a whole answer stands in place of a stream, D08`(type: String?) async throws {
    let reply = try await Reply("\n " + Reply.response(), type: type)
    #expect(reply.result?.text == "Hi")
    #expect(reply.events.map(\.type) == ["response.completed"])
  }
}

/// Failures that a stream reports, with a status of 200 that came long before.
@Suite struct `A failure that a stream reports` {
  typealias Reply = StreamedReply

  private static func failed(_ error: String) -> String {
    #"{"type":"response.failed","response":{"id":"r","status":"failed","error":\#(error)}}"#
  }

  private static let nested =
    #"{"type":"error","error":{"type":"too_many_requests","code":"rate_limit_exceeded","#
    + #""message":"Too many requests for this deployment.","param":null,"headers":{"x-fe":"1"}}}"#

  @Test(arguments: [
    [nested, failed(#"{"code":"rate_limit_exceeded","message":"Too many."}"#)],
    [failed("null"), nested], [failed(#"{"message":"Too many."}"#), nested],
  ])
  func `keeps the longer words and all else of either half, D20 D21 D22 D23`(
    pair: [String]
  ) async throws {
    let reply = try await Reply(
      Reply.stream(Reply.created, pair[0], pair[1]),
      headers: ["retry-after-ms: 1500", "x-ratelimit-remaining-tokens: 0"])
    let error = try #require(reply.error)
    #expect(error.code == .rateLimited)
    #expect(error.retryAfter == .milliseconds(1500))
    #expect(error.upstream?.message == "Too many requests for this deployment.")
    #expect(error.upstream?.code == "rate_limit_exceeded")
    #expect(error.upstream?.body.contains(#""headers":{"x-fe":"1"}"#) == true)
    #expect(reply.events.map(\.type) == ["response.created", "response.failed"])
  }

  struct Row: Sendable {
    let event: String
    let headers: [String]
    let code: ErrorCode
    let wait: Duration?
  }

  static let rows = [
    Row(
      event: failed(#"{"code":"server_error","message":"m"}"#), headers: ["retry-after: 2"],
      code: .upstreamFailed, wait: .seconds(2)),
    Row(
      event: nested, headers: ["retry-after: 2", "retry-after-ms: 750"], code: .rateLimited,
      wait: .milliseconds(750)),
    Row(
      event: failed(#"{"message":"It broke"}"#),
      headers: ["x-ratelimit-remaining-requests: 0", "retry-after: 3"], code: .rateLimited,
      wait: .seconds(3)),
    Row(
      event: failed(
        #"{"code":"rate_limit_exceeded","message":"Please try again in 1.5s."}"#), headers: [],
      code: .rateLimited, wait: .milliseconds(1500)),
    Row(
      event: failed(
        #"{"message":"We are currently experiencing high demand, try again in 250ms"}"#),
      headers: [], code: .overloaded, wait: .milliseconds(250)),
    Row(
      event: failed(#"{"code":"context_length_exceeded","message":"m"}"#), headers: [],
      code: .contextLengthExceeded, wait: nil),
  ]

  @Test(arguments: rows)
  func `waits as the head of its 200 or its words say, D22 D25 E.2`(row: Row) async throws {
    let reply = try await Reply(Reply.stream(Reply.created, row.event), headers: row.headers)
    #expect(reply.error?.code == row.code)
    #expect(reply.error?.retryAfter == row.wait)
  }

  @Test func `quotes no more of an error than a transport may be given`() async throws {
    let long = String(repeating: "x", count: 200_000)
    let reply = try await Reply(
      Reply.stream(#"{"type":"error","error":{"code":"server_error","message":"\#(long)"}}"#))
    #expect(reply.error?.code == .upstreamFailed)
    #expect((reply.error?.upstream?.body.utf8.count ?? 0) <= 2048)
  }
}
