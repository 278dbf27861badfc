import Testing

@testable import Routing

@Suite struct `A window of a minute` {
  @Test(arguments: [(0, 61_000), (1, 60_999), (999, 60_001), (1000, 61_000), (61_500, 60_500)])
  func `frees what was counted 60 to 61 s later`(milliseconds: Int, length: Int) {
    let now = Duration.milliseconds(milliseconds)
    var window = MinuteWindow()
    window.add(3, at: now)
    let wait = window.wait(for: 1, within: 3, at: now)
    #expect(wait == .milliseconds(length))
    #expect(window.wait(for: 1, within: 3, at: now + wait - .nanoseconds(1)) > .zero)
    #expect(window.wait(for: 1, within: 3, at: now + wait) == .zero)
  }

  @Test(arguments: [(5, true), (6, true), (60, true)])
  func `takes more than the limit where nothing else is counted`(amount: Int, fits: Bool) {
    var window = MinuteWindow()
    #expect((window.wait(for: amount, within: 5, at: .zero) == .zero) == fits)
    window.add(1, at: .zero)
    #expect(window.wait(for: amount, within: 5, at: .zero) == .seconds(61))
  }

  @Test func `takes an estimate that was too high off where it was counted`() {
    var window = MinuteWindow()
    window.add(100, at: .zero)
    window.add(10, at: .seconds(30))
    window.correct(by: -60, countedAt: .zero, at: .seconds(30))
    #expect(window.total == 50)
    window.add(0, at: .seconds(61))
    #expect(window.total == 10, "the rest of the estimate has left, and no more than that")
  }

  @Test func `counts what an estimate lacked when that is known`() {
    var window = MinuteWindow()
    window.add(100, at: .zero)
    window.correct(by: 60, countedAt: .zero, at: .seconds(30))
    #expect(window.total == 160)
    window.add(0, at: .seconds(61))
    #expect(window.total == 60)
  }

  @Test(arguments: [-101, -1000])
  func `never counts fewer than none`(correction: Int) {
    var window = MinuteWindow()
    window.add(100, at: .zero)
    window.correct(by: correction, countedAt: .zero, at: .zero)
    #expect(window.total == 0)
    window.add(7, at: .seconds(200))
    window.correct(by: -5, countedAt: .zero, at: .seconds(200))
    #expect(window.total == 7, "what it corrects has left the window")
  }

  @Test(arguments: [1, 2, 3, 4, 5])
  func `agrees with a list of all that happened, over 4,000 random steps`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var window = MinuteWindow()
    var model: [(second: Int, amount: Int)] = []
    var now = Duration.zero
    for step in 0..<4_000 {
      now += .milliseconds(
        Int.random(in: 0..<[10, 900, 9000, 90_000][step / 50 % 4], using: &generator))
      let second = Int(now.components.seconds)
      model.removeAll { second - $0.second > 60 }
      let limit = Int.random(in: 1..<60, using: &generator)
      let amount = Int.random(in: 0..<20, using: &generator)
      let wait = window.wait(for: amount, within: limit, at: now)
      let naive = naiveWait(model, for: amount, within: limit, at: now)
      guard wait == naive else {
        Issue.record(
          "step \(step) of seed \(seed): \(wait), not \(naive), for \(amount) of \(limit) at \(now)"
        )
        return
      }
      if Bool.random(using: &generator) {
        window.add(amount, at: now)
        model.append((second, amount))
      }
    }
  }

  /// Looks at every second to come.
  private func naiveWait(
    _ model: [(second: Int, amount: Int)], for amount: Int, within limit: Int, at now: Duration
  ) -> Duration {
    let second = Int(now.components.seconds)
    for later in second...second + 61 {
      let counted = model.reduce(0) { later - $1.second > 60 ? $0 : $0 + $1.amount }
      if counted + min(amount, limit) <= limit {
        return later == second ? .zero : .seconds(later) - now
      }
    }
    return .seconds(1000)
  }
}
