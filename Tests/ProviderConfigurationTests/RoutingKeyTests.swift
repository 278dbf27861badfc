import Testing

@testable import ProviderConfiguration

@Suite struct `Routing and failure are configured` {
  /// A file with every key of routing.
  static let text = """
    version: 1
    credentials:
      tags: { file: tags.key }
      token: { acme: { tenant: t } }
    defaults:
      retry:
        max_retries: 1
        retryable: [connect, first_event, idle, attempt, stream, 408, 599]
        backoff: { initial: 100ms, max: 4s, multiplier: 1.5, jitter: none }
        respect_retry_after: { max: 10s }
        budget: 0.1
      cooldown: { failures: 5, window: 30s, duration: 20s, max_duration: 5m, probes: 2 }
      stream: { commit: end, hold: 64 tokens, on_break: resume }
    providers:
      east: { plugin: p, state_boundary: "contoso ${HOST}" }
      west: { plugin: p }
    models:
      gpt-5.6:
        aliases: [default, codex]
        strategy: least_busy
        affinity: { by: [encrypted_content, "header:X-Session", prompt_cache_key], when_lost: replay }
        targets:
          - { provider: east, weight: 70, limits: { rpm: 600, tpm: 400k, concurrency: 8 } }
          - { provider: west, weight: 30, order: 2, limits: { tpm: 1.5M } }
        fallbacks: { default: [small, acme/large], context_window: [long], content_filter: [small] }
      long: { targets: [{ provider: west }] }
      small: { targets: [{ provider: west }] }
      acme/*: { targets: [{ provider: west, model: "{1}" }] }
    routes:
      - { when: { header: { X-Tier: "batch-*" } }, model: small }
      - { when: { model: default, input_tokens: { gt: 200k, lt: 1M } }, model: long }
      - when: { model: gpt-5.6 }
        split: { gpt-5.6: 95, acme/canary: 5 }
        sticky: "header:X-User"
        label: canary
      - { model: codex }
    state_key: tags
    """

  private func document() throws -> ConfigurationDocument {
    let loaded = Loaded(Self.text)
    #expect(loaded.diagnostics.isEmpty)
    return try #require(loaded.document)
  }

  @Test func `every key of a model and of its targets arrives`() throws {
    let document = try document()
    let model = try #require(document.models.entry(for: "codex"))
    #expect(model.strategy.value == .leastBusy)
    #expect(
      model.affinity.by.value == [.encryptedContent, .header("x-session"), .promptCacheKey])
    #expect(model.affinity.whenLost.value == .replay)
    #expect(model.targets.map(\.weight.value) == [70, 30])
    #expect(model.targets.map(\.order.value) == [1, 2])
    #expect(model.targets.map(\.limits.tokensPerMinute?.value) == [400_000, 1_500_000])
    #expect(model.targets.map(\.limits.requestsPerMinute?.value) == [600, nil])
    #expect(model.targets.map(\.limits.concurrency?.value) == [8, nil])
    #expect(model.fallbacks.general.map(\.value) == ["small", "acme/large"])
    #expect(model.fallbacks.contextWindow.map(\.value) == ["long"])
    #expect(model.fallbacks.contentFilter.map(\.mark?.description) == ["providers.yaml:25:89"])
    #expect(document.provider("east")?.stateBoundary?.value == "contoso a.example")
    #expect(document.provider("west")?.stateBoundary == nil)
  }

  @Test func `a model that says nothing has the built-in strategy and affinity`() throws {
    let model = try #require(try document().models.entry(for: "small"))
    #expect(model.strategy == Sourced(.priority))
    #expect(model.affinity.by == Sourced([.previousResponseID, .encryptedContent]))
    #expect(model.affinity.whenLost == Sourced(.error))
    #expect(model.targets[0].order == Sourced(1))
    #expect(model.targets[0].weight == Sourced(1))
    #expect(model.targets[0].limits == TargetLimits())
    #expect(model.fallbacks == Fallbacks())
  }

  @Test func `routes keep their order, their conditions and the place of each name`() throws {
    let routes = try document().routes
    #expect(routes.map(\.mark.line) == [30, 31, 32, 36])
    #expect(
      routes.map { $0.models.map(\.value) } == [
        ["small"], ["long"], ["gpt-5.6", "acme/canary"], ["codex"],
      ])
    #expect(
      routes[2].models.map(\.mark?.description) == ["providers.yaml:33:14", "providers.yaml:33:27"])
    #expect(routes.map(\.label?.value) == [nil, nil, "canary", nil])
    #expect(routes.map(\.sticky?.value) == [nil, nil, .header("x-user"), nil])
    guard case .split(let shares) = routes[2].destination else {
      Issue.record("no split")
      return
    }
    #expect(shares.map(\.weight) == [95, 5])
  }

  @Test(
    arguments: [
      ("other", nil, 1, ["x-tier": "batch-1"], 0), ("default", "gpt-5.6", 200_001, [:], 1),
      ("default", "gpt-5.6", 200_000, [:], 2), ("default", "gpt-5.6", 1_000_000, [:], 2),
      ("codex", "gpt-5.6", 500_000, ["x-tier": "batch-"], 2), ("other", nil, 500_000, [:], 3),
    ] as [(String, String?, Int, [String: String], Int)])
  func `the first route whose conditions all hold is found`(
    name: String, ownName: String?, tokens: Int, headers: [String: String], index: Int
  ) throws {
    let found = try document().routes.firstIndex { route in
      route.conditions.hold(name: name, ownName: ownName, tokens: { tokens }) { headers[$0] }
    }
    #expect(found == index)
  }

  @Test(arguments: [
    ("batch", "batch", true), ("batch", "batches", false), ("*", "", true), ("*", "x", true),
    ("a*", "a", false), ("a*", "ab", true), ("*a", "ba", true), ("*a", "ab", false),
    ("a*c*e", "abcde", true), ("a*c*e", "ace", false), ("*é*", "cafés", true), ("", "", true),
    ("a*a", "a", false), ("*b*b*", "abbba", true), ("**", "a", false),
  ]) func `a star stands for one or more characters, alone for anything`(
    pattern: String, text: String, matches: Bool
  ) {
    #expect(TextPattern(pattern).matches(text) == matches)
  }

  @Test func `the secret of response ids is a credential that is no token`() throws {
    #expect(try document().stateKey?.source == .secret(.file("tags.key")))
    let inline = Loaded(Self.text.replacing("state_key: tags", with: "state_key: { env: HOST }"))
    #expect(inline.document?.stateKey?.source == .secret(.environment("HOST")))
    for token in ["token", "{ acme: { tenant: t } }", "{ exec: { command: [print-key] } }"] {
      let refused = Loaded(Self.text.replacing("state_key: tags", with: "state_key: \(token)"))
      #expect(refused.codes == ["token-as-key"])
      #expect(refused.document?.stateKey == nil)
      #expect(refused.document?.problem?.code == .tokenAsKey)
    }
  }

  @Test(arguments: [
    ("model: small }\n", "model: smal }\n", [0], false), ("acme/canary", "acne/canary", [2], false),
    ("lt: 1M", "lt: much", [1], true),
    ("label: canary", "label: canary\n    model: long", [2], false),
  ]) func `a broken route concerns its requests, and all where nobody knows which those are`(
    right: String, wrong: String, broken: [Int], isOfWhole: Bool
  ) throws {
    let document = try #require(Loaded(Self.text.replacing(right, with: wrong)).document)
    #expect(document.routes.indices.filter { document.routes[$0].problem != nil } == broken)
    #expect((document.problem != nil) == isOfWhole)
    #expect(document.models.models.allSatisfy { $0.problem == nil })
  }

  @Test(arguments: [
    ("1", 1), ("600", 600), ("400k", 400_000), ("1.5M", 1_500_000), ("0.5k", 500), ("0", nil),
    ("1.5", nil), ("1.2345k", nil), ("1.200k", 1200), ("k", nil), ("-1", nil), ("1e3", nil),
    ("1K", nil), ("1m", nil), ("", nil), ("1.k", nil), ("9999999999999M", nil), ("٣", nil),
  ]) func `a count is whole, in thousands and millions too`(text: String, count: Int?) {
    #expect(CountText.parse(text) == count)
  }

  @Test(arguments: [
    (600, "600"), (1000, "1k"), (1500, "1.5k"), (400_000, "400k"), (1_250_000, "1250k"),
    (1_500_000, "1.5M"), (1234, "1234"),
  ]) func `a count is written short, and read as what it was`(count: Int, text: String) {
    #expect(CountText.write(count) == text)
    #expect(CountText.parse(text) == count)
  }

  @Test(arguments: [
    ("400K", "400k"), ("400 k", "400k"), ("400_000", "400000"), ("1.5m", "1.5M"), ("600.0", "600"),
    ("1,000", "1000"), ("many", nil), ("-1", nil), ("0", nil),
  ]) func `a count in other spellings is corrected`(written: String, meant: String?) {
    #expect(CountText.correction(of: written) == meant)
  }

  @Test(
    arguments: [
      ("0ms", .time(.zero)), ("400ms", .time(.milliseconds(400))), ("0s", .time(.zero)),
      ("64 tokens", .tokens(64)), ("1 tokens", .tokens(1)), ("0 tokens", nil), ("64tokens", nil),
      ("64", nil), ("64 token", nil), ("64  tokens", nil), ("1000001 tokens", nil),
    ] as [(String, StreamHold?)])
  func `a hold is a time or a number of tokens`(text: String, hold: StreamHold?) {
    #expect(StreamHoldText.parse(text) == hold)
  }

  @Test(arguments: [
    ("64tokens", "64 tokens"), ("64 token", "64 tokens"), ("0", "0ms"), ("0.4s", "400ms"),
    ("64", nil), ("some", nil),
  ]) func `a hold in other spellings is corrected`(written: String, meant: String?) {
    #expect(StreamHoldText.correction(of: written) == meant)
  }
}
