import Routing
import Testing

/// - Source: <https://github.com/dotnet/extensions/issues/7704>
@Suite struct `The ladder of waits for stored state` {
  private static let middle = 0.5

  @Test func `climbs from half a second to eight and ends after eight waits`() {
    var ladder = RaceLadder()
    var waits: [Duration] = []
    while let wait = ladder.next(at: ladder.waited, deadline: nil, random: Self.middle) {
      waits.append(wait)
    }
    #expect(waits == [0.5, 1, 2, 4, 8, 8, 8, 8].map { .seconds($0) })
    #expect(ladder.waits == 8)
    #expect(ladder.waited == .seconds(39.5))
  }

  @Test(arguments: [(0.0, 4), (1, 6), (-3, 4), (7, 6)])
  func `stays within a fifth of each step`(random: Double, fifths: Int) {
    var ladder = RaceLadder()
    for step in RaceLadder.steps {
      #expect(ladder.next(at: .zero, deadline: nil, random: random) == step / 5 * fifths)
    }
  }

  @Test func `reaches past the slowest store that was measured, whatever the chance (E.4)`() {
    var ladder = RaceLadder()
    while ladder.next(at: .zero, deadline: nil, random: 0.07) != nil {}
    #expect(ladder.waited > .seconds(32.7))
  }

  @Test func `takes no wait that would reach the deadline`() {
    var ladder = RaceLadder()
    #expect(ladder.next(at: .seconds(9), deadline: .seconds(9.5), random: Self.middle) == nil)
    #expect(ladder.waits == 0 && ladder.waited == .zero)
    #expect(ladder.next(at: .seconds(9), deadline: .seconds(9.6), random: Self.middle) != nil)
  }

  @Test func `waits at least as long as the upstream asks, and not for one that asks for too much`()
  {
    var ladder = RaceLadder()
    #expect(
      ladder.next(at: .zero, deadline: nil, retryAfter: .seconds(3), random: Self.middle)
        == .seconds(3))
    #expect(
      ladder.next(at: .zero, deadline: nil, retryAfter: .seconds(61), random: Self.middle) == nil)
    #expect(ladder.waited == .seconds(3))
  }

  @Test func `never passes a deadline and never leaves its steps, over 100,000 random climbs`() {
    var generator = SeededGenerator(seed: 7704)
    for _ in 0..<100_000 {
      let deadline = Duration.milliseconds(Int.random(in: 0..<60_000, using: &generator))
      var ladder = RaceLadder()
      var now = Duration.zero
      while let wait = ladder.next(
        at: now, deadline: deadline, random: .random(in: 0..<1, using: &generator))
      {
        let step = RaceLadder.steps[ladder.waits - 1]
        guard wait >= step / 5 * 4, wait <= step / 5 * 6 else {
          Issue.record("a wait of \(wait) for a step of \(step)")
          return
        }
        now += wait
      }
      guard now == .zero || now < deadline, now == ladder.waited, ladder.waits <= 8 else {
        Issue.record("\(now) of \(deadline), \(ladder)")
        return
      }
    }
  }
}

/// The same numbers in each run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
