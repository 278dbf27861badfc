import RawUpstream
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `What a failure is held against, over sockets` {
  /// Two models of one account `a`, one of another account `b`, on a clock that a test moves.
  private struct Stage {
    let clock = HandClock()
    let field: Field
    let host: TransportHost

    init(
      _ faults: [String: [String]] = [:], cooldown: String = "duration: 30s",
      kinds: [EmulatedUpstream] = [.openai]
    ) throws {
      field = try Field(["a", "b"], kinds: kinds, faults: faults, clock: clock.emulatorClock)
      host = try field.host(
        """
        models:
          m: { targets: [{ provider: a, model: gpt-5 }, { provider: b, model: gpt-5 }] }
          missing: { targets: [{ provider: a, model: gpt-9 }, { provider: b, model: gpt-5 }] }
          other: { targets: [{ provider: a, model: gpt-4.1 }] }
          third: { targets: [{ provider: b, model: gpt-4.1 }] }
        defaults: { retry: { max_retries: 0 }, cooldown: { \(cooldown) } }
        """, clock: clock)
    }

    func step(_ model: String) throws -> Explanation.Step {
      try #require(try host.explain(.text("Hi", model: model)).route.first)
    }
  }

  @Test(arguments: EmulatedUpstream.allCases)
  func `a missing deployment does not cool its account`(kind: EmulatedUpstream) async throws {
    let stage = try Stage(kinds: [kind])
    for _ in 0..<3 {
      let end = await stage.host.end("missing")
      #expect(end.outcomes == ["not_found", "ok"])
    }
    #expect(await stage.host.end("missing").providers == ["b"])
    let step = try stage.step("missing")
    #expect(step.verdict == .cooling)
    #expect(step.reason == "its model is left alone for 30 s more, after failures")
    #expect(try stage.step("m").verdict == .chosen)
    #expect(await stage.host.end("m").providers == ["a"])
    #expect(await stage.host.end("other").providers == ["a"])
  }

  @Test(arguments: ["model-error:400/-/Bad.", "422", "context-length", "content-filter"])
  func `a bad request cools nothing`(fault: String) async throws {
    let stage = try Stage(["a": [fault]])
    for _ in 0..<6 { #expect(await stage.host.end("m").providers == ["a"]) }
    for model in ["m", "other", "third"] { #expect(try stage.step(model).verdict == .chosen) }
  }

  @Test func `a refused credential cools every model of its account, and no other account`()
    async throws
  {
    let stage = try Stage(["a": ["401"]])
    for _ in 0..<3 { #expect(await stage.host.end("m").outcomes == ["auth", "ok"]) }
    try stage.field.set(at: "a")
    #expect(await stage.host.end("m").providers == ["b"])
    let step = try stage.step("m")
    #expect(step.reason == "its credential is left alone for 30 s more, after failures")
    let other = try stage.host.explain(.text("Hi", model: "other"))
    #expect(other.route[0].reason == "all are left alone, and one must be asked")
    #expect(try stage.step("third").verdict == .chosen)
  }

  @Test func `a shared credential is one`() async throws {
    let clock = HandClock()
    let field = try Field(["a", "b"], faults: ["a": ["401"]])
    let host = try field.host(
      text: """
        version: 1
        credentials: { shared: { env: CANARY } }
        providers:
          a: { plugin: openai, base_url: \(field["a"].listener.baseURL), auth: { key: shared } }
          b: { plugin: openai, base_url: \(field["b"].listener.baseURL), auth: { key: shared } }
        models:
          m: { targets: [{ provider: a, model: gpt-5 }] }
          n: { targets: [{ provider: b, model: gpt-5 }, { provider: b, model: gpt-4.1 }] }
        defaults: { retry: { max_retries: 0 } }
        """, clock: clock)
    for _ in 0..<3 { #expect(await host.end("m").error?.code == .auth) }
    let route = try host.explain(.text("Hi", model: "n")).route
    #expect(route[1].verdict == .cooling)
    #expect(route[1].reason.hasPrefix("its credential is left alone"))
  }

  @Test func `a refused connection cools the way there, for whoever goes it`() async throws {
    let clock = HandClock()
    let field = try Field(["b"])
    let dead = "http://127.0.0.1:\(freePort())"
    let host = try field.host(
      text: """
        version: 1
        providers:
          a: { plugin: openai, base_url: "\(dead)/v1" }
          neighbour: { plugin: openai, base_url: "\(dead)/other/v1" }
          b: { plugin: openai, base_url: \(field["b"].listener.baseURL), auth: { key: { env: CANARY } } }
        models:
          m: { targets: [{ provider: a, model: gpt-5 }, { provider: b, model: gpt-5 }] }
          n: { targets: [{ provider: neighbour, model: x }, { provider: b, model: gpt-5 }] }
        defaults: { retry: { max_retries: 0 } }
        """, clock: clock)
    for _ in 0..<3 { #expect(await host.end("m").outcomes == ["network", "ok"]) }
    for model in ["m", "n"] {
      let route = try host.explain(.text("Hi", model: model)).route
      #expect(route.map(\.verdict) == [.cooling, .chosen])
      #expect(route[0].reason == "its network path is left alone for 30 s more, after failures")
    }
    #expect(await host.end("n").providers == ["b"])
  }

  // MARK: - Cooling and coming back

  @Test func `three overloads cool an endpoint, and a probe brings it back`() async throws {
    let stage = try Stage(["a": ["503x3"]])
    for _ in 0..<3 { #expect(await stage.host.end("m").outcomes == ["overloaded", "ok"]) }
    #expect(await stage.host.end("m").providers == ["b"])
    stage.clock.advance(by: .seconds(10.5))
    let step = try stage.step("m")
    #expect(step.reason == "its endpoint is left alone for 19.5 s more, after failures")
    #expect(try stage.host.explain(.text("Hi", model: "m")).json.contains("19.5 s"))
    stage.clock.advance(by: .seconds(19.4))
    #expect(await stage.host.end("m").providers == ["b"])
    stage.clock.advance(by: .seconds(0.2))
    #expect(await stage.host.end("m").providers == ["a"])
    #expect(try stage.step("m").verdict == .chosen)
    #expect(stage.field.counts == [4, 5])
  }

  @Test func `a probe that fails leaves it alone for twice as long`() async throws {
    let stage = try Stage(["a": ["503"]])
    for _ in 0..<3 { _ = await stage.host.end("m") }
    stage.clock.advance(by: .seconds(30))
    #expect(await stage.host.end("m").outcomes == ["overloaded", "ok"])
    #expect(try stage.step("m").reason.contains("60 s more"))
    stage.clock.advance(by: .seconds(59))
    #expect(await stage.host.end("m").providers == ["b"])
    stage.clock.advance(by: .seconds(1))
    #expect(await stage.host.end("m").providers == ["a", "b"])
    #expect(try stage.step("m").reason.contains("120 s more"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `one probe at a time finds out`() async throws {
    let stage = try Stage(["a": ["503x3"]])
    for _ in 0..<3 { _ = await stage.host.end("m") }
    try stage.field.set("stall:3000x1", at: "a")
    stage.clock.advance(by: .seconds(30))
    let probe = Task { await stage.host.end("m", isStream: false) }
    try await eventually { stage.host.routerHoldings.probes == 1 }
    for _ in 0..<4 { #expect(await stage.host.end("m").providers == ["b"]) }
    #expect(await probe.value.providers == ["a"])
    #expect(stage.host.routerHoldings.probes == 0)
    #expect(await stage.host.end("m").providers == ["a"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a probe that is given up makes room for another`() async throws {
    let stage = try Stage(["a": ["503x3"]])
    for _ in 0..<3 { _ = await stage.host.end("m") }
    try stage.field.set("stallx1", at: "a")
    stage.clock.advance(by: .seconds(30))
    let probe = Task { await stage.host.end("m", isStream: false) }
    // Not only decided but asked: else the stall would be left for the next.
    try await eventually { stage.field.counts[0] == 4 }
    #expect(stage.host.routerHoldings.probes == 1)
    probe.cancel()
    #expect(await probe.value.error?.code == .cancelled)
    #expect(stage.host.routerHoldings.probes == 0)
    #expect(await stage.host.end("m").providers == ["a"])
  }

  @Test func `failures that are far apart cool nothing`() async throws {
    let stage = try Stage(["a": ["503"]])
    for _ in 0..<5 {
      #expect(await stage.host.end("m").providers == ["a", "b"])
      stage.clock.advance(by: .seconds(31))
    }
  }

  @Test func `an answer forgives what was before it`() async throws {
    let stage = try Stage()
    for _ in 0..<4 {
      try stage.field.set("503x2", at: "a")
      for _ in 0..<2 { #expect(await stage.host.end("m").providers == ["a", "b"]) }
      #expect(await stage.host.end("m").providers == ["a"])
    }
  }

  @Test func `a stream that breaks counts, though it had begun`() async throws {
    let stage = try Stage(["a": ["reset-mid-stream:8"]])
    for _ in 0..<3 { #expect(await stage.host.end("m").error?.code == .streamTruncated) }
    #expect(await stage.host.end("m").providers == ["b"])
  }

  @Test func `a quota that is used up is left alone until it is whole`() async throws {
    let stage = try Stage(["a": ["quotax1", "exhausted:120x1"]])
    #expect(await stage.host.end("m").outcomes == ["quota_exhausted", "ok"])
    let step = try stage.step("m")
    #expect(step.verdict == .cooling)
    #expect(step.reason == "its credential is left alone for 120 s more, as the upstream asked")
    stage.clock.advance(by: .seconds(119))
    #expect(await stage.host.end("m").providers == ["b"])
    stage.clock.advance(by: .seconds(1))
    #expect(await stage.host.end("m").providers == ["a"])
  }

  @Test func `a quota without a word of its reset is left alone at once`() async throws {
    let stage = try Stage(["a": ["quotax1"]])
    #expect(await stage.host.end("m").outcomes == ["quota_exhausted", "ok"])
    #expect(await stage.host.end("m").providers == ["b"])
    #expect(
      try stage.step("m").reason == "its credential is left alone for 30 s more, after failures")
  }
}

extension [UInt8] {
  fileprivate func contains(_ text: String) -> Bool {
    String(decoding: self, as: UTF8.self).contains(text)
  }
}
