import Testing
import TransportSDK

/// E.3: what counts before what.
@Suite struct `The delay that an upstream asks for (E.3)` {
  static let delays: [([(name: String, value: String)], String, Duration?)] = [
    ([("retry-after-ms", "1500")], "", .milliseconds(1500)),
    ([("retry-after-ms", "700")], "", .milliseconds(700)),
    ([("retry-after-ms", "0.5")], "", .milliseconds(1)),
    ([("retry-after", "2")], "", .seconds(2)),
    ([("retry-after", " 1.5 ")], "", .milliseconds(1500)),
    ([("retry-after", "2"), ("retry-after-ms", "10")], "", .milliseconds(10)),
    ([("retry-after-ms", "soon"), ("retry-after", "3")], "", .seconds(3)),
    ([("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")], "", nil),
    (
      [
        ("date", "Wed, 21 Oct 2026 07:27:30 GMT"), ("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"),
      ], "", .seconds(30)
    ),
    (
      [
        ("date", "Sat, 28 Feb 2026 23:59:59 GMT"), ("retry-after", "Sun, 01 Mar 2026 00:00:01 GMT"),
      ], "", .seconds(2)
    ),
    (
      [
        ("date", "Wed, 28 Feb 2024 23:59:59 GMT"), ("retry-after", "Thu, 29 Feb 2024 00:00:01 GMT"),
      ], "", .seconds(2)
    ),
    (
      [
        ("date", "Wed, 21 Oct 2026 07:28:01 GMT"), ("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"),
      ], "", .zero
    ),
    ([("date", "now"), ("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")], "", nil),
    (
      [
        ("date", "Wed, 21 Oct 2026 07:27:30 GMT"), ("retry-after", "Wed, 21 Okt 2026 07:28:00 GMT"),
      ], "", nil
    ),
    ([("retry-after", "-1")], "", nil), ([("retry-after", "nan")], "", nil),
    ([("retry-after", "inf")], "", nil), ([("retry-after", "1e9")], "", .seconds(1_000_000_000)),
    ([("retry-after", "1e300")], "", nil),
    ([], "Please try again in 20s.", .seconds(20)),
    ([], "Try again in 1.5 seconds", .milliseconds(1500)),
    ([], "try again in 250ms", .milliseconds(250)), ([], "try again in 1m30s", .seconds(90)),
    ([], "Please retry after 6 seconds.", .seconds(6)), ([], "try again later", nil),
    ([("retry-after", "0")], "", .zero),
  ]

  @Test(arguments: delays)
  func `carries the delay that the upstream asks for`(
    headers: [(name: String, value: String)], message: String, delay: Duration?
  ) throws {
    let body = wrapped("rate_limit_exceeded", message)
    #expect(try classify(429, body, headers, by: .openai).retryAfter == delay)
    #expect(
      try classify(400, wrapped("content_filter", message), headers, by: .openai).retryAfter == nil)
  }

  @Test func `is, for a quota, the time until what is used up is whole again`() throws {
    let body = wrapped("insufficient_quota", "x")
    func delay(_ headers: [(name: String, value: String)]) throws -> Duration? {
      try classify(429, body, headers, by: .openai).retryAfter
    }
    let requests = [
      ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "2m0s"),
    ]
    let tokens = [("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "1h")]
    let left = [("x-ratelimit-remaining-tokens", "7"), ("x-ratelimit-reset-tokens", "1h")]
    #expect(try delay(requests) == .seconds(120))
    #expect(try delay(requests + tokens) == .seconds(3600))
    #expect(try delay(requests + left) == .seconds(120))
    #expect(try delay(left) == nil)
    #expect(try delay([("retry-after", "1")]) == nil, "it would not be whole by then")
  }
}
