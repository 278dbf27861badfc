import Foundation
import Testing

@testable import Routing

/// Random configurations, calls, failures, clocks and cancellations; `ROUTING_SEQUENCES=1000000` in the
/// environment makes it a million calls.
@Suite struct `Any sequence of events` {
  private static var count: Int {
    Int(ProcessInfo.processInfo.environment["ROUTING_SEQUENCES"] ?? "") ?? 40_000
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `keeps every promise: one end, in time, within bounds, and blame where it belongs`(
    seed: UInt64
  ) {
    let worlds = Self.count / 4 / SequenceWorld.callCount
    var (events, most) = (0, 0)
    var kinds: [String: Int] = [:]
    for number in 0..<UInt64(worlds) {
      var world = SequenceWorld(seed: seed << 32 | number)
      world.run()
      events += world.events
      most = max(most, world.calls.map(\.attempts).max() ?? 0)
      kinds.merge(world.kinds, uniquingKeysWith: +)
      if let breach = world.breach {
        Issue.record("world \(number) of seed \(seed): \(breach)")
        return
      }
    }
    let seen = kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    print(
      "seed \(seed): \(worlds * SequenceWorld.callCount) calls, \(events) events, at most \(most)",
      "attempts of a call; \(seen.joined(separator: ", "))")
    guard worlds >= 400 else { return }
    #expect(most > 20, "the calls reach far into the machine")
    #expect(Set(kinds.keys).isSuperset(of: Self.kinds), "and everywhere")
  }

  private static let kinds: Set = [
    "fail failed", "fail full", "fail outOfReach", "fail unusable", "mend amend",
    "mend refreshToken", "mend useScope", "send fallback", "send fallback replayed",
    "send fallback stripped", "send home", "send lastResort", "send mended", "send mended stripped",
    "send next", "send next replayed", "send next stripped", "send only", "send resumed",
    "send retry", "send retry stripped", "send sticky", "send strategy", "wait backoff",
    "wait capacity", "wait retryAfter", "wait storedState",
  ]
}
