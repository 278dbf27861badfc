import ProviderConfiguration
import Testing
import TransportHost
import UpstreamEmulator

@Suite struct `The ledger, against what the upstreams saw` {
  /// - Parameter clock: What a fault runs out; sound upstreams on a busy machine must not.
  /// - Returns: What stands in the file besides the providers.
  private static func models(clock: String = "30s") -> String {
    """
    models:
      m:
        strategy: round_robin
        targets:
          - { id: one, provider: a, model: gpt-5 }
          - { id: two, provider: b, model: gpt-4.1 }
          - { id: three, provider: c, model: gpt-5-mini }
        fallbacks: { default: [n], context_window: [n] }
      n: { targets: [{ provider: d, model: gpt-5 }] }
    defaults:
      retry: { backoff: { initial: 1ms, max: 3ms }, respect_retry_after: { max: 20ms } }
      cooldown: { failures: 1000 }
      timeouts: { first_event: \(clock), idle: \(clock), attempt: \(clock) }
    """
  }

  /// Faults that a caller's retry on a dead connection of the pool cannot double.
  private static let faults = [
    "503", "429-retry-after-ms:5", "500", "401", "content-filter", "context-length", "error-first",
    "cut:8", "end-early:1", "stall-after-header", "garbage-sse:8", "deployment-not-found",
    "redirect",
  ]

  @Test(arguments: faults)
  func `has each request, in order, and no other`(fault: String) async throws {
    let field = try Field(
      ["a", "b", "c", "d"], kinds: [.openai, .azureOpenAI, .azureFoundry],
      faults: ["a": [fault], "b": ["\(fault)x2"]])
    let host = try field.host(Self.models(clock: fault.hasPrefix("stall") ? "500ms" : "30s"))
    for number in 0..<9 {
      let end = await host.end("m", "number \(number)", isStream: number % 3 != 0)
      try LedgerCheck(end, number: number, field: field).run()
    }
  }

  @Test func `tells what each attempt took`() async throws {
    let field = try Field(["a", "b", "c", "d"], faults: ["a": ["503"], "b": ["stall:40"]])
    let host = try field.host(Self.models())
    let began = ContinuousClock.now
    let end = await host.end("m", "Hi")
    let whole = ContinuousClock.now - began
    let attempts = end.attempts
    #expect(attempts.map(\.provider) == ["a", "a", "a", "b"])
    #expect(attempts.map(\.target) == ["one", "one", "one", "two"])
    #expect(attempts.map(\.model) == ["gpt-5", "gpt-5", "gpt-5", "gpt-4.1"])
    #expect(attempts[0].connect ?? .zero > .zero && attempts[0].firstEvent == nil)
    #expect(attempts[1].connect == .zero, "the connection is used again")
    #expect(attempts[3].firstEvent ?? .zero >= .milliseconds(40))
    #expect(attempts[3].total >= attempts[3].firstEvent ?? .zero)
    #expect((attempts.last?.began ?? .zero) + (attempts.last?.total ?? .zero) <= whole)
    #expect(attempts[0].began + attempts[0].total <= attempts[1].began)
    #expect(attempts.map(\.usage?.total).prefix(3) == [nil, nil, nil])
    #expect(attempts[3].usage == end.result?.usage && end.result?.usage?.total ?? 0 > 0)
    #expect(attempts.allSatisfy { $0.source?.line ?? 0 > 1 })
  }

  @Test func `stands in the error too`() async throws {
    let field = try Field(
      ["a", "b", "c", "d"], faults: ["a": ["503"], "b": ["500"], "c": ["401"], "d": ["cut:8"]])
    let host = try field.host(Self.models())
    let end = await host.end("m", "number 0")
    #expect(
      end.outcomes == [
        "overloaded", "overloaded", "overloaded", "upstream_failed", "upstream_failed",
        "upstream_failed", "auth", "stream_truncated",
      ])
    try LedgerCheck(end, number: 0, field: field).run()
  }
}

/// Compares a call's ledger with the logs of the emulators.
struct LedgerCheck {
  private let end: CallEnd
  private let number: Int
  private let field: Field

  init(_ end: CallEnd, number: Int, field: Field) {
    (self.end, self.number, self.field) = (end, number, field)
  }

  func run(_ location: SourceLocation = #_sourceLocation) throws {
    let seen = field.plots.flatMap { plot in
      field.requests(at: plot.name).filter { $0.number == number }.map { (plot.name, $0) }
    }.sorted { $0.1.arrival < $1.1.arrival }
    let sent = end.attempts.filter(\.isSent)
    #expect(sent.map(\.provider) == seen.map(\.0), sourceLocation: location)
    #expect(
      sent.map(\.model) == seen.map { $0.1.json?["model"]?.text ?? "" }, sourceLocation: location)
    Self.check(end, sourceLocation: location)
  }

  /// What must hold of every ledger.
  static func check(_ end: CallEnd, sourceLocation location: SourceLocation = #_sourceLocation) {
    let attempts = end.attempts
    #expect(!attempts.isEmpty, sourceLocation: location)
    #expect(attempts.allSatisfy { !$0.reason.isEmpty }, sourceLocation: location)
    for (first, next) in zip(attempts, attempts.dropFirst()) {
      #expect(first.began <= next.began, sourceLocation: location)
      #expect(first.began + first.total <= next.began + .milliseconds(1), sourceLocation: location)
      #expect(first.outcome != "ok", sourceLocation: location)
    }
    for attempt in attempts {
      let (connect, first) = (attempt.connect ?? .zero, attempt.firstEvent ?? attempt.total)
      #expect(
        connect <= first && first <= attempt.total, "\(attempt)", sourceLocation: location)
      #expect(attempt.began >= .zero, sourceLocation: location)
    }
    if let error = end.error {
      #expect(attempts.last?.outcome == error.code.rawValue, sourceLocation: location)
    } else {
      #expect(attempts.last?.outcome == "ok", sourceLocation: location)
    }
  }
}
