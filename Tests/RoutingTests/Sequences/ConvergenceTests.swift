import Testing

@testable import Routing

@Suite struct `Over ten thousand calls` {
  private static let calls = 10_000

  /// Weights and calls at random; some of them are under way at the same time, some fail.
  private struct Traffic {
    let stage = Stage()
    let weights: [Int]
    let plan: RoutePlan
    var generator: SeededGenerator

    init(_ strategy: RoutingStrategy, seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      let weights = (0..<generator.number(2...12)).map { _ in generator.number(1...20) }
      plan = stage.plan(
        "m", weights.indices.map { [stage] in stage.target("\($0)", weight: weights[$0]) },
        by: strategy)
      (self.generator, self.weights) = (generator, weights)
    }

    /// How many first attempts each target gets.
    mutating func run(key: ((Int) -> UInt64)? = nil) -> [Int] {
      var counts = weights.map { _ in 0 }
      var open: [StagedCall] = []
      for number in 0..<calls {
        stage.now += .milliseconds(generator.number(0...20))
        var traits = CallTraits()
        traits.sticky = key?(number)
        let call = stage.call(to: plan, traits) { $0.maxRetries = 0 }
        guard case .asks = call.start(), let step = call.step else { continue }
        counts[step.index] += 1
        open.append(call)
        guard open.count > generator.number(0...20) else { continue }
        let done = open.remove(at: generator.number(0...open.count - 1))
        if generator.chance(5) { done.isCancelled() }
        done.answers()
        done.finishes()
      }
      return counts
    }

    /// By how much of all calls a target gets more or less than its share.
    func error(_ counts: [Int]) -> Double {
      let total = weights.reduce(0, +)
      return zip(counts, weights).map { count, weight in
        abs(Double(count) / Double(calls) - Double(weight) / Double(total))
      }.max() ?? 1
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `weighted gives each target its share within 2 %`(seed: UInt64) {
    var traffic = Traffic(.weighted, seed: seed)
    let counts = traffic.run()
    #expect(traffic.error(counts) < 0.002, "evenly spread it is exact")
  }

  @Test func `least busy gives each target about its share, whichever calls end first`() {
    var traffic = Traffic(.leastBusy, seed: 3)
    let counts = traffic.run()
    #expect(traffic.error(counts) < 0.1)
  }

  @Test func `hash gives each target its share of keys within 5 %, and of calls without one`() {
    for key in [nil, { Rendezvous.key("user-\($0)".utf8) }] as [((Int) -> UInt64)?] {
      var traffic = Traffic(.hash, seed: 5)
      let counts = traffic.run(key: key)
      #expect(traffic.error(counts) < 0.05)
    }
  }

  @Test func `weighted gives what one in a cooldown misses to the others by weight`() {
    var traffic = Traffic(.weighted, seed: 7)
    let stage = traffic.stage
    let quota = CallFailure(.quota, blaming: .endpoint, retryAfter: .seconds(1_000_000))
    var lease = stage.router.begin(0, of: traffic.plan, tokens: 0, isFirst: true, at: stage.now)
    stage.router.failed(&lease, quota, at: stage.now)
    stage.router.end(lease, at: stage.now)
    let counts = traffic.run()
    let total = Double(traffic.weights.dropFirst().reduce(0, +))
    #expect(counts[0] == 0)
    for (count, weight) in zip(counts, traffic.weights).dropFirst() {
      #expect(abs(Double(count) / Double(Self.calls) - Double(weight) / total) < 0.02)
    }
  }

  @Test(arguments: RoutingStrategy.allCases)
  func `a key stays with its target, goes to the same other one meanwhile, and returns`(
    strategy: RoutingStrategy
  ) {
    let stage = Stage()
    let targets = (0..<7).map { number in
      stage.target("\(number)", weight: number % 3 + 1, cooldown: { $0.failures = 1 })
    }
    let plan = stage.plan("m", targets, by: strategy)
    for key in UInt64(0)..<500 {
      var traits = CallTraits()
      traits.sticky = key
      let (home, again) = (stage.call(to: plan, traits).run(), stage.call(to: plan, traits).run())
      let failing = stage.call(to: plan, traits) { $0.maxRetries = 0 }
      _ = failing.start()
      guard home == again, case .asks(let other, .next) = failing.fails(.overload), other != home
      else {
        Issue.record("key \(key): \(String(describing: home)), \(String(describing: again))")
        return
      }
      failing.isCancelled()
      #expect(stage.call(to: plan, traits).run() == other)
      stage.now += .seconds(30)
      #expect(stage.call(to: plan, traits).run() == home)
    }
  }

  @Test func `a key has one ranking of targets, whoever may be asked`() {
    let stage = Stage()
    let targets = (0..<6).map { stage.target("\($0)", limits: { $0.concurrency = 1 }) }
    let plan = stage.plan("m", targets, by: .hash)
    var generator = SeededGenerator(seed: 6)
    for key in UInt64(0)..<300 {
      var traits = CallTraits()
      traits.sticky = key
      // Each takes the best that is left.
      let calls = targets.map { _ in stage.call(to: plan, traits) }
      let ranking = calls.compactMap { $0.start() == .ends(.unusable) ? nil : $0.step?.index }
      for call in calls { call.isCancelled() }
      #expect(Set(ranking).count == targets.count)
      let busy = Set(targets.indices.filter { _ in generator.chance(50) })
      let others = busy.map { stage.call(to: stage.plan("n", [targets[$0]])) }
      for other in others { _ = other.start() }
      let call = stage.call(to: plan, traits)
      if case .asks = call.start() {
        #expect(call.step?.index == ranking.first { !busy.contains($0) })
      } else {
        #expect(busy.count == targets.count)
      }
      for other in others + [call] { other.isCancelled() }
    }
  }
}
