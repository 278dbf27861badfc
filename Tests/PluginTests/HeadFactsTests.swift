import Testing
import TransportSDK

@Suite struct `The head of an answer (B.5)` {
  private func facts(_ plugin: Plugin, _ headers: [(name: String, value: String)]) throws
    -> HeadFacts
  {
    let transport = try #require(Entry(plugin, baseURL: plugin.baseURL).transport)
    return transport.facts(of: ResponseHead(status: 200, headers: headers))
  }

  @Test(arguments: Plugin.allCases)
  func `names the model that answers where the upstream has such a header`(plugin: Plugin) throws {
    let facts = try facts(plugin, [("x-ms-served-model", "gpt-5-2025-08-07")])
    #expect(facts.servedModel == (plugin == .openai ? "" : "gpt-5-2025-08-07"))
  }

  static let resets: [(String, Duration?)] = [
    ("6m0s", .seconds(360)), ("1s", .seconds(1)), ("20ms", .milliseconds(20)), ("59", .seconds(59)),
    ("0.5", .milliseconds(500)), ("1h2m3s", .seconds(3723)), (" 7 ", .seconds(7)), ("1m 30s", nil),
    ("soon", nil), ("", nil), ("-1", nil), ("6m0s!", nil),
  ]

  @Test(arguments: Plugin.allCases, resets)
  func `tells when a limit is whole again, in either form`(
    plugin: Plugin, row: (text: String, reset: Duration?)
  ) throws {
    let facts = try facts(plugin, [("x-ratelimit-reset-tokens", row.text)])
    #expect(facts.rateLimits.map(\.unit) == ["tokens"])
    #expect(facts.rateLimits.first?.reset == row.reset)
  }

  @Test(arguments: Plugin.allCases)
  func `tells both limits, in whatever order their headers stand`(plugin: Plugin) throws {
    let facts = try facts(
      plugin,
      [
        ("x-ratelimit-remaining-tokens", "-3"), ("date", "x"),
        ("x-ratelimit-limit-requests", "500"),
        ("x-ratelimit-reset-requests", "120ms"), ("x-ratelimit-limit-tokens", "30000"),
        ("x-ratelimit-remaining-requests", "499"), ("x-ratelimit-limit-images", "1"),
        ("x-ratelimit-policy", "x"), ("x-ratelimit-remaining-project-tokens", "1"),
      ])
    #expect(
      facts.rateLimits == [
        HeadFacts.RateLimit(unit: "tokens", limit: 30000, remaining: 0, reset: nil),
        HeadFacts.RateLimit(
          unit: "requests", limit: 500, remaining: 499, reset: .milliseconds(120)),
      ])
  }

  @Test(arguments: Plugin.allCases)
  func `says nothing where it says nothing`(plugin: Plugin) throws {
    #expect(try facts(plugin, [("content-type", "text/event-stream")]) == HeadFacts())
  }

  @Test(arguments: Plugin.allCases)
  func `of a stream gives the delay that its error does not (E.2, E.3)`(plugin: Plugin) throws {
    let error = #"{"type":"error","error":{"code":"rate_limit_exceeded","message":"Slow."}}"#
    let used: [(name: String, value: String)] = [
      ("x-ratelimit-remaining-requests", "9"), ("x-ratelimit-reset-requests", "1s"),
      ("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "7"),
    ]
    #expect(try classify(200, error, used, by: plugin).retryAfter == .seconds(7))
    let said = used + [(name: "retry-after-ms", value: "250")]
    #expect(try classify(200, error, said, by: plugin).retryAfter == .milliseconds(250))
    let hinted = error.replacing("Slow.", with: "Please try again in 3s.")
    #expect(try classify(200, hinted, used, by: plugin).retryAfter == .seconds(3))
    #expect(try classify(429, error, used, by: plugin).retryAfter == nil)
  }
}
