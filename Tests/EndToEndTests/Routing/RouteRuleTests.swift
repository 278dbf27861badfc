import ProviderConfiguration
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `Names and routes, over sockets` {
  private static let models = """
    models:
      small: { aliases: [mini, tiny], targets: [{ provider: a, model: gpt-5-mini }] }
      big: { targets: [{ provider: b, model: gpt-5 }] }
      long: { targets: [{ provider: c, model: gpt-4.1 }] }
      "any/*": { targets: [{ provider: c, model: "{1}" }] }
      "*/of/*": { targets: [{ provider: b, model: "{2}" }] }
    """
  private static let routes = """

    routes:
      - { when: { header: { x-tier: "gold*" } }, model: big }
      - { when: { input_tokens: { gt: 1k } }, model: long }
      - { when: { model: "old-*" }, model: small }
      - { when: { model: drawn }, split: { small: 3, big: 1 } }
      - when: { model: shared }
        split: { small: 1, big: 1 }
        sticky: "header:x-user"
        label: canary
    """

  private static func asked(_ field: Field, _ name: String) -> String? {
    field.requests(at: name).last?.json?["model"]?.text
  }

  @Test(arguments: ["small", "mini", "tiny"])
  func `an alias is the model`(name: String) async throws {
    let field = try Field()
    let end = try await field.host(Self.models).end(name)
    #expect(end.server == "a")
    #expect(Self.asked(field, "a") == "gpt-5-mini")
  }

  @Test func `a star fills the name in`() async throws {
    let field = try Field()
    let host = try field.host(Self.models)
    #expect(await host.end("any/gpt-5").server == "c")
    #expect(Self.asked(field, "c") == "gpt-5")
    #expect(await host.end("x/of/gpt-4.1").server == "b")
    #expect(Self.asked(field, "b") == "gpt-4.1")
    let unknown = await host.end("nothing")
    #expect(unknown.error?.code == .modelNotFound)
    #expect(unknown.attempts.isEmpty)
  }

  @Test func `a header leads to a model, whatever was asked for`() async throws {
    let field = try Field()
    let host = try field.host(Self.models + Self.routes)
    let end = await host.end("small") { $0.headers = [("X-Tier", "golden")] }
    #expect(end.server == "b")
    #expect(Self.asked(field, "b") == "gpt-5")
    #expect(await host.end("small") { $0.headers = [("x-tier", "silver")] }.server == "a")
    #expect(field.requests(at: "b").first?.header("x-tier") == nil, "it is not sent")
  }

  @Test func `a long input and an old name lead to a model`() async throws {
    let field = try Field()
    let host = try field.host(Self.models + Self.routes)
    #expect(await host.end("small", String(repeating: "word ", count: 1000)).server == "c")
    #expect(await host.end("old-thing").server == "a")
    #expect(await host.end("big").server == "b")
  }

  @Test func `a split draws by weight`() async throws {
    let field = try Field()
    let host = try field.host(Self.models + Self.routes)
    let shares = await host.ends(120, "drawn").shares
    // Three standard deviations, of 4.7 each.
    #expect((75...105).contains(shares["a", default: 0]), "\(shares)")
    #expect(shares["a", default: 0] + shares["b", default: 0] == 120)
  }

  @Test func `a sticky split keeps a caller at its share`() async throws {
    let field = try Field()
    let host = try field.host(Self.models + Self.routes)
    var servers: Set<String> = []
    for user in 0..<10 {
      var own: Set<String> = []
      for _ in 0..<3 {
        let end = await host.end("shared", isStream: false) { $0.headers = [("x-user", "\(user)")] }
        own.insert(end.server ?? "nobody")
      }
      #expect(own.count == 1)
      servers.formUnion(own)
    }
    #expect(servers == ["a", "b"])
  }

  @Test func `an explanation names the route that led there`() throws {
    let field = try Field()
    let host = try field.host(Self.models + Self.routes)
    var request = CallRequest.text("Hi", model: "shared")
    request.headers = [("x-user", "1")]
    let chosen = try #require(try host.explain(request).route.first { $0.isChosen })
    #expect(chosen.reason.contains("canary"))
    let line = chosen.decidedBy.flatMap { host.sourceLine($0) }
    #expect(line?.contains("model: shared") == true)
  }

  // MARK: - What a request may take

  private static func bounded(_ field: Field, total: String) throws -> TransportHost {
    try field.host(
      """
      models:
        m: { targets: [{ provider: a, model: gpt-5 }] }
      defaults:
        retry: { max_retries: 2 }
        cooldown: { failures: 1000 }
        timeouts: { total: \(total) }
      """, clock: VirtualClock())
  }

  @Test(arguments: [(nil, 3), (0, 1), (1, 2), (9, 3), (-1, 1)] as [(Int?, Int)])
  func `retries are those of the request, and at most the file's`(asked: Int?, attempts: Int)
    async throws
  {
    let field = try Field(faults: ["a": ["503"]])
    let end = try await Self.bounded(field, total: "5m").end("m") {
      $0.limits.maxRetries = asked
    }
    #expect(end.attempts.count == attempts)
    #expect(field.counts[0] == attempts)
  }

  @Test(arguments: [("400ms", nil), ("400ms", 30_000), ("30s", 400)] as [(String, Int?)])
  func `the time is the shorter one`(total: String, asked: Int?) async throws {
    let field = try Field(faults: ["a": ["stall"]])
    let host = try Self.bounded(field, total: total)
    let began = ContinuousClock.now
    let end = await host.end("m", isStream: false) {
      $0.limits.total = asked.map { .milliseconds($0) }
    }
    #expect(end.error?.code == .timeoutTotal)
    #expect(end.attempts.count == 1)
    #expect(ContinuousClock.now - began < .seconds(10))
  }
}
