import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `Retries, over sockets` {
  /// Three targets on a clock that moves when the call sleeps.
  private struct Stage {
    let clock = VirtualClock()
    let field: Field
    let host: TransportHost

    init(
      _ faults: [String: [String]], retry: String = "backoff: { jitter: none }",
      total: String = "10m", cooldown: String = "failures: 1000"
    ) throws {
      field = try Field(faults: faults, clock: clock.emulatorClock)
      host = try field.host(
        """
        models:
          m:
            targets:
              - { provider: a, model: gpt-5 }
              - { provider: b, model: gpt-5 }
              - { provider: c, model: gpt-5 }
          alone: { targets: [{ provider: a, model: gpt-5 }] }
        defaults:
          retry: { \(retry) }
          cooldown: { \(cooldown) }
          timeouts: { total: \(total), first_event: 1s }
        """, clock: clock)
    }

    /// When requests came, since the beginning.
    var times: [Duration] {
      field.plots.flatMap { field.requests(at: $0.name) }.sorted { $0.arrival < $1.arrival }
        .map { $0.time - .seconds(1_790_000_000) }
    }
  }

  @Test func `wait longer each time, and then go to the next target`() async throws {
    let stage = try Stage(["a": ["503"]])
    let end = await stage.host.end("m")
    #expect(end.providers == ["a", "a", "a", "b"])
    #expect(end.outcomes == ["overloaded", "overloaded", "overloaded", "ok"])
    #expect(end.attempts.map(\.next) == ["waited 250 ms", "waited 500 ms", nil, nil])
    #expect(
      end.attempts.map(\.reason) == [
        "first target of \"m\"", "retry 1 of 2", "retry 2 of 2", "the next target of \"m\"",
      ])
    #expect(stage.times.map(\.milliseconds) == [0, 250, 750, 750])
    #expect(end.attempts.map(\.began.milliseconds) == [0, 250, 750, 750])
  }

  @Test func `wait at random below the bound`() async throws {
    let stage = try Stage(["a": ["503x40"]], retry: "max_retries: 8, backoff: { max: 2s }")
    let end = await stage.host.end("alone")
    #expect(end.attempts.count == 9)
    let waits = zip(stage.times, stage.times.dropFirst()).map { $1 - $0 }
    let bounds: [Duration] = [250, 500, 1000, 2000, 2000, 2000, 2000, 2000].map {
      .milliseconds($0)
    }
    #expect(zip(waits, bounds).allSatisfy { $0 <= $1 })
    #expect(Set(waits).count > 5)
  }

  @Test(arguments: ["503x2", "500x2", "429x2", "408x2", "reset-after-headerx2", "error-firstx2"])
  func `are answered by the same target when it has recovered`(fault: String) async throws {
    let stage = try Stage(["a": [fault]])
    let end = await stage.host.end("m")
    #expect(end.providers == ["a", "a", "a"])
    #expect(end.result?.text == "You said: Hello there, how are you?")
    #expect(end.types.count { $0 == "response.created" } == 1)
  }

  @Test(arguments: ["401", "403", "deployment-not-found", "quota", "429-no-retry"])
  func `are not made of what will fail alike, and the next target is asked`(fault: String)
    async throws
  {
    let stage = try Stage(["a": [fault]])
    let end = await stage.host.end("m")
    #expect(end.providers == ["a", "b"])
    #expect(stage.clock.now == .zero)
  }

  @Test(arguments: ["422", "model-error:400/-/Bad.", "content-filter", "context-length"])
  func `are not made of a request that can never succeed, anywhere`(fault: String) async throws {
    let stage = try Stage(["a": [fault]])
    let end = await stage.host.end("m")
    #expect(end.providers == ["a"])
    #expect(stage.clock.now == .zero)
  }

  // MARK: - Retry-After

  @Test(arguments: [
    ("429-retry-after:7x1", 7000), ("429-retry-after-ms:1500x1", 1500),
    ("429-retry-date:9x1", 9000),
    ("503,retry-after:20", 20_000),
  ])
  func `wait as long as the upstream asks for`(faults: String, milliseconds: Int64) async throws {
    let stage = try Stage([
      "a": faults.split(separator: ",").map { $0.contains("x1") ? String($0) : "\($0)x1" }
    ])
    let end = await stage.host.end("m")
    #expect(end.providers == ["a", "a"])
    #expect(end.attempts.first?.next == "waited \(milliseconds) ms, as the upstream asked")
    #expect(stage.clock.now == .milliseconds(milliseconds))
  }

  @Test func `do not wait longer than the file allows, but go to the next target`() async throws {
    let stage = try Stage(["a": ["429-retry-after:21"]])
    let end = await stage.host.end("m")
    #expect(end.providers == ["a", "b"])
    #expect(stage.clock.now == .zero)
    let step = try stage.host.explain(.text("Hi", model: "m")).route[0]
    #expect(step.verdict == .cooling)
    #expect(step.reason == "its model is left alone for 21 s more, as the upstream asked")
  }

  @Test func `obey a cap of the file's`() async throws {
    let stage = try Stage(["a": ["429-retry-after:3"]], retry: "respect_retry_after: { max: 2s }")
    #expect(await stage.host.end("m").providers == ["a", "b"])
  }

  @Test func `tell of the wait that was asked for when nobody else is there`() async throws {
    let stage = try Stage(["a": ["429-retry-after:30"]])
    let end = await stage.host.end("alone")
    #expect(end.error?.code == .rateLimited)
    #expect(end.error?.retryAfter == .seconds(30))
    #expect(end.attempts.count == 1)
  }

  // MARK: - The deadline

  @Test func `share one deadline with waits, targets and fallbacks`() async throws {
    let stage = try Stage(
      ["a": ["503"], "b": ["503"], "c": ["503"]],
      retry: "max_retries: 9, backoff: { initial: 2s, jitter: none }", total: "20s")
    let end = await stage.host.end("m")
    #expect(end.error?.code == .overloaded)
    #expect(stage.times.allSatisfy { $0 < .seconds(20) }, "\(stage.times)")
    #expect(stage.clock.now < .seconds(20))
    #expect(Set(end.providers) == ["a", "b", "c"], "a wait that is too long gives way to others")
    #expect(end.attempts.map(\.began) == end.attempts.map(\.began).sorted())
  }

  @Test func `leave attempts what is left of the time`() async throws {
    let stage = try Stage(
      ["a": ["stall"], "b": ["stall"], "c": ["stall"]], retry: "max_retries: 0", total: "200ms")
    let began = ContinuousClock.now
    // The engine's clocks are real, and the host's stands still: each attempt has all the time.
    let end = await stage.host.end("m", isStream: false)
    #expect(end.outcomes == ["timeout_total"])
    #expect(ContinuousClock.now - began < .seconds(5))
  }

  // MARK: - The budget

  @Test func `are few where all traffic fails`() async throws {
    let stage = try Stage(["a": ["503"]], retry: "budget: 0, backoff: { initial: 1ms }")
    let ends = await stage.host.ends(40, "alone", isStream: false)
    #expect(ends.allSatisfy { $0.error?.code == .overloaded })
    #expect(stage.field.counts[0] == 50, "the reserve is ten retries")
  }

  @Test func `are a share of the traffic beyond the reserve`() async throws {
    let stage = try Stage(["a": ["503"]], retry: "budget: 0.5, backoff: { initial: 1ms }")
    _ = await stage.host.ends(40, "alone", isStream: false)
    #expect((68...70).contains(stage.field.counts[0]), "\(stage.field.counts[0])")
  }

  // MARK: - What is retried

  @Test func `are made of what the file lists, and of nothing else`() async throws {
    let stage = try Stage(["a": ["500"], "b": ["503"]], retry: "retryable: [503, connect]")
    let end = await stage.host.end("m")
    #expect(end.providers == ["a", "b", "b", "b", "c"])
  }

  @Test func `are made of a clock that ran out`() async throws {
    let stage = try Stage(["a": ["stallx1"]])
    let end = await stage.host.end("m")
    #expect(end.outcomes == ["timeout_first_event", "ok"])
    #expect(end.providers == ["a", "a"])
  }
}
