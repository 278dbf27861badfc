import JSONText
import CurlHTTP
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `A stream whose rest is asked for, over sockets` {
  private static let text = "one two three four five six seven eight nine ten"

  private struct Stage {
    let field: Field
    let host: TransportHost

    init(
      _ faults: [String], kind: EmulatedUpstream = .openai, quirks: [String] = [],
      rest: String = "", clock: any HostClock = VirtualClock(), total: String = "10m"
    ) throws {
      field = try Field(["a", "b"], kinds: [kind], faults: ["a": faults], quirks: quirks)
      host = try field.host(
        """
        \(rest)
        models:
          m: { targets: [{ provider: a, model: gpt-5, id: first }, { provider: b, model: gpt-5 }] }
        defaults:
          stream: { on_break: resume }
          timeouts: { idle: 1s, first_event: 10s, total: \(total) }
        """, clock: clock)
    }

    /// What a client sees of a call, each event with its number.
    func call(_ members: String = #""background":true,"store":true"#) async -> Seen {
      var seen = Seen()
      let body = #"{"model":"m","input":"\#(text)","stream":true,\#(members)}"#
      do {
        let events = try await host.stream(CallRequest(body: Array(body.utf8)))
        do {
          for try await event in events { seen.take(event) }
          seen.end.result = events.result
        } catch { seen.end.error = error }
      } catch { seen.end.error = error }
      return seen
    }
  }

  private struct Seen: Sendable {
    var end = CallEnd()
    var numbers: [Int] = []
    var ids: Set<String> = []

    mutating func take(_ event: ResponseEvent) {
      end.types.append(event.type)
      end.deltas += event.textDelta ?? ""
      guard let json = try? JSON(parsing: Array(event.data)) else { return }
      numbers.append(json["sequence_number"]?.integer ?? -1)
      if let id = json["response"]?["id"]?.text { ids.insert(id) }
    }

    /// Whole, in order, each event once.
    func check(_ location: SourceLocation = #_sourceLocation) {
      #expect(end.error == nil, sourceLocation: location)
      #expect(numbers == Array(0..<numbers.count), sourceLocation: location)
      #expect(end.types.first == "response.queued", sourceLocation: location)
      #expect(end.types.count { $0 == "response.completed" } == 1, sourceLocation: location)
      #expect(end.types.last == "response.completed", sourceLocation: location)
      #expect(end.deltas == "You said: \(text)", sourceLocation: location)
      #expect(end.result?.text == "You said: \(text)", sourceLocation: location)
      #expect(ids.count == 1 && end.result?.id == ids.first, sourceLocation: location)
    }
  }

  @Test(
    arguments: ["cut", "reset-mid-stream", "end-early", "stall-mid-stream"],
    [5, 8, 15, 19])
  func `is whole, in order, and has every event once`(fault: String, events: Int) async throws {
    let stage = try Stage(["\(fault):\(events)x1"])
    let seen = await stage.call()
    seen.check()
    let attempts = seen.end.attempts
    #expect(
      attempts.map(\.outcome) == [
        fault.hasPrefix("stall") ? "timeout_idle" : "stream_truncated", "ok",
      ])
    #expect(attempts[0].next == "asked for what follows event \(events - 1)")
    #expect(attempts.map(\.reason) == ["first target of \"m\"", "the rest of the answer"])
    #expect(attempts.map(\.target) == ["first", "first"])
    #expect(attempts[1].began >= attempts[0].began)
    #expect(attempts[1].usage?.total ?? 0 > 0)
    let requests = stage.field.requests(at: "a")
    #expect(requests.map(\.method) == ["POST", "GET"])
    let id = seen.end.result?.id ?? ""
    #expect(
      requests[1].target == "/v1/responses/\(id)?stream=true&starting_after=\(events - 1)")
    #expect(stage.field.counts == [2, 0])
  }

  @Test func `may break again`() async throws {
    let stage = try Stage(["cut:6x3"])
    let seen = await stage.call()
    #expect(seen.end.attempts.map(\.outcome).prefix(2) == ["stream_truncated", "stream_truncated"])
    // Two resumptions are what max_retries allows.
    #expect(seen.end.error?.code == .streamTruncated)
    #expect(seen.numbers == Array(0...18))
    let patient = try Stage(["cut:6x2"])
    await patient.call().check()
  }

  @Test func `keeps what was known of the request that began it`() async throws {
    let stage = try Stage(
      ["cut:8x1"], kind: .azureOpenAI, rest: "state_key: { env: CANARY }")
    let seen = await stage.call()
    seen.check()
    #expect(seen.end.result?.edits.isEmpty == false)
    #expect(seen.end.result?.servedModel == "gpt-5-2025-08-07")
  }

  // MARK: - Where it cannot be had

  @Test(arguments: [#""store":true"#, #""background":false"#, #""background":true,"store":false"#])
  func `is not asked for where nobody keeps it`(members: String) async throws {
    let stage = try Stage(["reset-mid-stream:8x1"])
    let seen = await stage.call(members)
    guard seen.end.error?.code != .requestInvalid else { return }
    #expect(seen.end.error?.code == .streamTruncated)
    #expect(seen.end.outcomes == ["stream_truncated"])
    #expect(seen.end.attempts.last?.next == nil)
    #expect(stage.field.counts == [1, 0])
    #expect(seen.end.types.last == "response.failed")
  }

  @Test func `is not asked for unless the file says so`() async throws {
    let field = try Field(["a"], faults: ["a": ["cut:8x1"]])
    let host = try field.host("models: { m: { targets: [{ provider: a, model: gpt-5 }] } }")
    let body = #"{"model":"m","input":"Hi","stream":true,"background":true,"store":true}"#
    let end = await host.end(CallRequest(body: Array(body.utf8)))
    #expect(end.error?.code == .streamTruncated)
    #expect(field.counts == [1])
  }

  @Test func `is an honest break where it is lost`() async throws {
    let stage = try Stage(["cut:8x1"], quirks: ["lost-store"])
    let seen = await stage.call()
    #expect(seen.end.error?.code == .streamTruncated)
    #expect(seen.end.outcomes == ["stream_truncated", "not_found"])
    #expect(seen.end.attempts[0].next == "asked for what follows event 7")
    #expect(seen.end.attempts.map(\.status) == [200, 404])
    #expect(seen.numbers == Array(0...8))
    #expect(seen.end.types.last == "response.failed")
    #expect(stage.field.counts == [2, 0])
  }

  @Test func `is asked for again where the upstream is busy, and no more than twice`() async throws
  {
    let stage = try Stage(["cut:8"])
    let host = stage.host
    let body = #"{"model":"m","input":"Hi there","stream":true,"background":true}"#
    let events = try await host.stream(CallRequest(body: Array(body.utf8)))
    try stage.field.set("503", at: "a")
    let error = await #expect(throws: CallError.self) { for try await _ in events {} }
    #expect(error?.code == .streamTruncated)
    #expect(error?.attempts.map(\.outcome) == ["stream_truncated", "overloaded", "overloaded"])
    #expect(error?.attempts.map(\.provider) == ["a", "a", "a"])
    let began = error?.attempts.map(\.began) ?? []
    #expect(began == began.sorted() && Set(began).count == 3)
    #expect(stage.field.counts == [3, 0])
    #expect(host.routerHoldings.attempts == 0)
  }

  @Test func `is waited for where it is not readable yet`() async throws {
    let clock = VirtualClock()
    let emulator = UpstreamEmulator()
    var options = EmulatorOptions()
    options.key = Upstreams.key
    options.race = .seconds(3)
    options.clock = clock.emulatorClock
    options.faults = [try Fault("cut:8x1")]
    let listener = try emulator.start(.azureOpenAI, options: options)
    var settings = TransportHost.Options()
    settings.pluginDirectories = [Upstreams.pluginDirectory]
    settings.environment = { $0 == "CANARY" ? Upstreams.key : nil }
    settings.clock = clock
    let host = try TransportHost(
      text: Array(
        """
        version: 1
        providers:
          a:
            plugin: azure-openai
            base_url: \(listener.baseURL)
            auth: { key: { env: CANARY } }
        models: { m: { targets: [{ provider: a, model: gpt-5 }] } }
        defaults: { stream: { on_break: resume } }
        """.utf8), file: "providers.yaml", options: settings)
    let body = #"{"model":"m","input":"Hi there","stream":true,"background":true}"#
    let end = await host.end(CallRequest(body: Array(body.utf8)))
    #expect(end.result?.text == "You said: Hi there")
    #expect(end.outcomes.first == "stream_truncated" && end.outcomes.last == "ok")
    #expect(Set(end.outcomes.dropFirst().dropLast()) == ["state_not_ready"])
    #expect(clock.now > .seconds(2) && clock.now < .seconds(10))
    emulator.stop()
  }

  // MARK: - Its bounds

  @Test(.timeLimit(.minutes(1)))
  func `is not asked for once the call is cancelled`() async throws {
    let clock = HandClock()
    let stage = try Stage(["cut:8x1"], clock: clock)
    let task = Task { await stage.call() }
    try await eventually { clock.sleeperCount == 1 }
    task.cancel()
    let seen = await task.value
    #expect(seen.end.error?.code == .cancelled)
    #expect(seen.end.outcomes == ["stream_truncated"])
    #expect(seen.numbers.prefix(8) == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(stage.field.counts == [1, 0])
    #expect(stage.host.routerHoldings.attempts == 0)
  }

  @Test(.timeLimit(.minutes(1)))
  func `is given up while it is asked for`() async throws {
    let stage = try Stage(["cut:8x1"])
    let body = #"{"model":"m","input":"Hi there","stream":true,"background":true}"#
    let task = Task {
      let events = try await stage.host.stream(CallRequest(body: Array(body.utf8)))
      try stage.field.set("stall", at: "a")
      for try await _ in events {}
    }
    try await eventually { stage.field.counts == [2, 0] }
    task.cancel()
    let error = await #expect(throws: CallError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    #expect(error?.attempts.map(\.outcome) == ["stream_truncated", "cancelled"])
    try await eventually { stage.host.holdings?.exchanges == 0 }
    #expect(stage.host.routerHoldings.attempts == 0)
  }

  @Test(.timeLimit(.minutes(1)))
  func `has the time that is left of the call`() async throws {
    let stage = try Stage(["cut:8x1"], total: "2s")
    let body = #"{"model":"m","input":"Hi there","stream":true,"background":true}"#
    let events = try await stage.host.stream(CallRequest(body: Array(body.utf8)))
    try stage.field.set("stall", at: "a")
    let began = ContinuousClock.now
    let error = await #expect(throws: CallError.self) { for try await _ in events {} }
    #expect(error?.attempts.map(\.outcome) == ["stream_truncated", "timeout_total"])
    #expect(ContinuousClock.now - began < .seconds(8), "first_event alone allows ten seconds")
  }
}
