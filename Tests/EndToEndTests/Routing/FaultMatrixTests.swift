import CurlHTTP
import Foundation
import Testing
import TransportHost
import UpstreamEmulator

/// Calls at once over models whose targets meet every fault, and pairs of faults.
///
/// An ordinary run has 2,000 calls over all faults and a sample of pairs. `FAULT_MATRIX=faults` has
/// 2,000 calls at once over each fault, `FAULT_MATRIX=pairs` 100 over each pair of faults;
/// `FAULT_MATRIX_CALLS` sets another number, and `FAULT_MATRIX_SEED` another sample.
@Suite(.serialized) struct `Calls at once under every fault` {
  private static let mode = ProcessInfo.processInfo.environment["FAULT_MATRIX"]
  private static let calls = ProcessInfo.processInfo.environment["FAULT_MATRIX_CALLS"].flatMap { Int($0) }
  private static let seed = ProcessInfo.processInfo.environment["FAULT_MATRIX_SEED"].flatMap { UInt64($0) }

  @Test(.timeLimit(.minutes(3)), .enabled(if: mode == nil))
  func `end in an answer or a typed error, with a true ledger and nothing left behind`()
    async throws
  {
    var random = Seeded(state: Self.seed ?? 20_260_731)
    let pairs = FaultMatrix.pairs.shuffled(using: &random).prefix(50)
    let tally = try await Self.run(
      FaultMatrix.singles + pairs, calls: Self.calls ?? 2000, atOnce: 400)
    #expect(tally.answers > tally.calls / 3)
    #expect(tally.errors.count > 5)
  }

  @Test(.timeLimit(.minutes(240)), .enabled(if: mode == "faults"))
  func `end well, thousands at once, under each fault`() async throws {
    let calls = Self.calls ?? 2000
    for scenario in FaultMatrix.singles {
      _ = try await Self.run([scenario], calls: calls, atOnce: calls)
    }
  }

  @Test(.timeLimit(.minutes(600)), .enabled(if: mode == "pairs"))
  func `end well under each pair of faults`() async throws {
    let pairs = FaultMatrix.pairs
    for start in stride(from: 0, to: pairs.count, by: 20) {
      let batch = Array(pairs[start..<min(start + 20, pairs.count)])
      _ = try await Self.run(batch, calls: (Self.calls ?? 100) * batch.count, atOnce: 2000)
    }
  }

  // MARK: - One run

  private static func run(
    _ scenarios: [FaultMatrix.Scenario], calls: Int, atOnce: Int
  ) async throws -> MatrixTally {
    let matrix = try FaultMatrix(scenarios, hosts: min(4, scenarios.count))
    let began = ContinuousClock.now
    let ends = await ends(of: matrix, calls: calls, atOnce: atOnce)
    let took = ContinuousClock.now - began
    var tally = MatrixTally()
    let seen = matrix.seen()
    for (seat, end) in ends {
      tally.add(end)
      check(end, seat, of: matrix, seen: seen[seat.number] ?? [:])
    }
    #expect(tally.calls == calls)
    for host in matrix.hosts {
      try await eventually { host.holdings?.exchanges ?? 0 == 0 }
      #expect(host.holdings?.alarms ?? 0 == 0)
      #expect(host.routerHoldings.isNothing, "\(host.routerHoldings)")
    }
    let what = scenarios.count == 1 ? "\(scenarios[0])" : "\(scenarios.count) scenarios"
    print("\(what): \(tally), in \(took.milliseconds) ms")
    return tally
  }

  private static func ends(
    of matrix: FaultMatrix, calls: Int, atOnce: Int
  ) async -> [(FaultMatrix.Seat, CallEnd)] {
    await withTaskGroup(of: (FaultMatrix.Seat, CallEnd).self) { group in
      var ends: [(FaultMatrix.Seat, CallEnd)] = []
      for number in 0..<calls {
        if number >= atOnce, let end = await group.next() { ends.append(end) }
        let seat = FaultMatrix.Seat(number: number, scenario: number % matrix.scenarios.count)
        group.addTask { (seat, await matrix.call(seat)) }
      }
      for await end in group { ends.append(end) }
      return ends
    }
  }

  private static let never: [ErrorCode] = [
    .internal, .pluginMisbehaved, .pluginUnavailable, .configInvalid, .modelNotFound, .cancelled,
  ]

  private static func check(
    _ end: CallEnd, _ seat: FaultMatrix.Seat, of matrix: FaultMatrix, seen: [String: Int]
  ) {
    let context = "\(matrix.scenarios[seat.scenario]), call \(seat.number): \(end.outcomes) \(end.providers)"
    #expect((end.result == nil) != (end.error == nil), "\(context)")
    if let error = end.error {
      #expect(!never.contains(error.code), "\(error) \(context)")
      #expect(!String(decoding: error.json, as: UTF8.self).contains(Upstreams.key), "\(context)")
    }
    #expect(!(end.result?.warnings ?? []).contains { $0.contains(Upstreams.key) }, "\(context)")
    #expect(end.types.count { $0 == "response.created" } <= 1 + repeats(end, matrix, seat), "\(context)")
    guard !end.attempts.isEmpty else {
      // Nobody had room for it, or time for it ran out before.
      #expect([.rateLimited, .timeoutTotal].contains(end.error?.code), "\(context)")
      #expect(seen.isEmpty, "\(context)")
      return
    }
    LedgerCheck.check(end)
    checkSeen(end, seen, context)
  }

  /// An upstream may itself say twice that it began.
  private static func repeats(
    _ end: CallEnd, _ matrix: FaultMatrix, _ seat: FaultMatrix.Seat
  ) -> Int {
    matrix.scenarios[seat.scenario].description.contains("repeat") ? 1 : 0
  }

  /// What came with a status was seen, and what was seen stands in the ledger. A connection of the pool
  /// that turns out to be dead is replaced once in an attempt.
  private static func checkSeen(_ end: CallEnd, _ seen: [String: Int], _ context: String) {
    let posts = end.attempts.filter { $0.isSent && $0.reason != "the rest of the answer" }
    for (provider, count) in seen {
      let own = posts.filter { $0.provider == provider }
      let untold = own.count { $0.status == nil }
      #expect(count >= own.count - untold, "\(provider) \(count) \(context)")
      #expect(count <= own.count + untold, "\(provider) \(count) \(context)")
    }
    for attempt in posts where attempt.status != nil {
      #expect(seen[attempt.provider] ?? 0 > 0, "\(attempt.provider) \(context)")
    }
  }
}

/// The same numbers with the same seed.
///
/// - Source: SplitMix64, https://prng.di.unimi.it/splitmix64.c.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
