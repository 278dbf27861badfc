#if Gateway
import Testing

@testable import Gateway
@testable import TransportHost

@Suite struct `An error of a call becomes an answer` {
  private static func error(
    _ code: ErrorCode, upstream status: Int? = nil, _ change: (inout CallError) -> Void = { _ in }
  ) -> CallError {
    var error = CallError(code, "What, why, and what to do.")
    error.upstream = status.map {
      CallError.Upstream(status: $0, code: "theirs", message: "Their words.", requestIDs: [])
    }
    change(&error)
    return error
  }

  /// The status and the kind of each, where the upstream has none.
  static let rows: [ErrorCode: (status: Int, type: String)] = [
    .configInvalid: (500, "server_error"), .modelNotFound: (404, "invalid_request_error"),
    .pluginUnavailable: (500, "server_error"), .pluginMisbehaved: (500, "server_error"),
    .requestInvalid: (400, "invalid_request_error"),
    .operationUnsupported: (404, "invalid_request_error"),
    .contextLengthExceeded: (400, "invalid_request_error"),
    .contentFiltered: (400, "invalid_request_error"), .auth: (401, "authentication_error"),
    .permission: (403, "permission_error"), .notFound: (404, "invalid_request_error"),
    .rateLimited: (429, "rate_limit_error"), .quotaExhausted: (429, "insufficient_quota"),
    .overloaded: (503, "server_error"), .upstreamFailed: (502, "server_error"),
    .protocolError: (502, "server_error"), .stateNotReady: (409, "invalid_request_error"),
    .stateLost: (404, "invalid_request_error"), .network: (502, "server_error"),
    .timeoutConnect: (504, "server_error"), .streamTruncated: (502, "server_error"),
    .timeoutFirstEvent: (504, "server_error"), .timeoutIdle: (504, "server_error"),
    .timeoutAttempt: (504, "server_error"), .timeoutTotal: (504, "server_error"),
    .cancelled: (499, "invalid_request_error"), .internal: (500, "server_error"),
  ]

  @Test(arguments: ErrorCode.allCases) func `with the status and the kind that say the same`(
    code: ErrorCode
  ) throws {
    let row = try #require(Self.rows[code])
    let answer = ErrorShape.answer(to: Self.error(code))
    #expect(answer.status == row.status)
    let body = try answer.error()
    #expect(body["type"] as? String == row.type)
    #expect(body["code"] as? String == code.rawValue)
    #expect(body["message"] as? String == "What, why, and what to do.")
    #expect(body.keys.contains("param"))
    #expect(body["fault"] as? String == code.fault.rawValue)
    // What comes of a stream whose head was 200 says the same.
    #expect(ErrorShape.status(of: Self.error(code, upstream: 200)) == row.status)
    #expect(ErrorShape.status(of: Self.error(code, upstream: 0)) == row.status)
  }

  @Test(arguments: [400, 401, 403, 404, 408, 413, 418, 422, 429, 500, 502, 503, 529, 599])
  func `with the upstream's own status where it refused`(status: Int) throws {
    for code in ErrorCode.allCases {
      let answer = ErrorShape.answer(to: Self.error(code, upstream: status))
      #expect(answer.status == status)
      let upstream = try #require(try answer.error()["upstream"] as? [String: Any])
      #expect(upstream["status"] as? Int == status)
      #expect(upstream["message"] as? String == "Their words.")
    }
  }

  @Test(arguments: [
    (Duration.milliseconds(1), "1", "1"), (.milliseconds(999), "1", "999"),
    (.milliseconds(1000), "1", "1000"), (.milliseconds(1001), "2", "1001"),
    (.microseconds(1_000_100), "2", "1001"), (.seconds(7), "7", "7000"), (.zero, "0", "0"),
  ]) func `with the wait in whole seconds that are enough, and to the millisecond`(
    wait: Duration, seconds: String, milliseconds: String
  ) {
    let answer = ErrorShape.answer(to: Self.error(.rateLimited) { $0.retryAfter = wait })
    #expect(answer.header("retry-after") == seconds)
    #expect(answer.header("retry-after-ms") == milliseconds)
  }

  @Test func `and without one where nobody knows`() {
    let answer = ErrorShape.answer(to: Self.error(.rateLimited))
    #expect(answer.header("retry-after") == nil)
    #expect(answer.header("retry-after-ms") == nil)
  }

  @Test func `clients are told not to try again where that cannot help`() {
    let helpful = ErrorCode.allCases.filter {
      ErrorShape.answer(to: Self.error($0)).header("x-should-retry") == nil
    }
    #expect(
      Set(helpful) == [
        .rateLimited, .overloaded, .upstreamFailed, .protocolError, .stateNotReady, .network,
        .streamTruncated, .timeoutConnect, .timeoutFirstEvent, .timeoutIdle,
      ])
    #expect(ErrorShape.answer(to: Self.error(.auth)).header("x-should-retry") == "false")
  }

  @Test(arguments: [
    ("/input/0/type", "input[0].type"), ("/model", "model"),
    ("/tools/12/function/parameters", "tools[12].function.parameters"),
    ("/metadata/a~1b~0c", "metadata.a/b~c"), ("/text/format/~01", "text.format.~1"),
    ("/input/0/1", "input[0][1]"), ("/0", "[0]"),
  ]) func `the place in the request is written as the API does`(pointer: String, param: String)
    throws
  {
    let answer = ErrorShape.answer(to: Self.error(.requestInvalid) { $0.pointer = pointer })
    #expect(try answer.error()["param"] as? String == param)
    #expect(try answer.error()["pointer"] as? String == pointer)
  }

  @Test func `what the upstream calls the request is kept, unless it would be no header`() {
    let answer = ErrorShape.answer(
      to: Self.error(.overloaded, upstream: 503) { error in
        error.upstream?.requestIDs = [
          ("x-request-id", "req_1"), ("x-odd", "a\r\nset-cookie: b"), ("apim-request-id", "c"),
        ]
      })
    #expect(answer.header("x-request-id") == "req_1")
    #expect(answer.header("apim-request-id") == "c")
    #expect(answer.header("x-odd") == nil)
  }

  @Test(arguments: [
    "\"", "\\", "a\nb", "\u{0}\u{1F}", "grüße 👩‍👩‍👧", "</script>", "\u{2028}", "{\"error\":1}",
  ]) func `whatever its words are, it is JSON and no header holds a line end`(words: String) throws
  {
    let error = Self.error(.upstreamFailed, upstream: 500) { error in
      error.message = words
      error.pointer = "/\(words)"
      error.upstream?.message = words
      error.upstream?.code = words
      error.upstream?.body = words
      error.upstream?.requestIDs = [("x-request-id", words)]
      error.attempts = [AttemptRecord.of(words, words, words, .zero)]
    }
    let answer = ErrorShape.answer(to: error)
    #expect(try answer.error()["message"] as? String == words)
    for (name, value) in answer.headers {
      #expect((name + value).utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }
    #expect(StructuredList(answer.header("x-jackfield-attempts") ?? "") != nil)
  }

  @Test func `the ledger stands in the body and in a header`() throws {
    let error = Self.error(.network) { error in
      error.attempts = [AttemptRecord.of("main", "gpt-5", "network", .milliseconds(5))]
    }
    let answer = ErrorShape.answer(to: error)
    #expect(
      answer.header("x-jackfield-attempts") == #""main";model="gpt-5";outcome="network";ms=5"#)
    #expect((try answer.error()["attempts"] as? [Any])?.count == 1)
  }
}
#endif
