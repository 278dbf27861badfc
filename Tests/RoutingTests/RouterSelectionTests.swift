import Testing

@testable import Routing

@Suite struct `Of targets that are free` {
  private let stage = Stage()

  @Test func `priority takes the first of the lowest order`() {
    let plan = stage.plan(
      "m", [stage.target("a"), stage.target("b"), stage.target("c", order: 2)])
    #expect(stage.call(to: plan).start() == .asks("a", .strategy(.priority)))
    #expect(stage.call(to: plan).start() == .asks("a", .strategy(.priority)))
  }

  @Test(arguments: RoutingStrategy.allCases)
  func `a higher order is asked only when none of a lower one may be`(strategy: RoutingStrategy) {
    let plan = stage.plan(
      "m",
      [
        stage.target("a", isUsable: false), stage.target("b", limits: { $0.concurrency = 2 }),
        stage.target("c", order: 2), stage.target("d", order: 7),
      ], by: strategy)
    #expect([stage.call(to: plan), stage.call(to: plan)].map(asked) == ["b", "b"])
    #expect(stage.call(to: plan).start() == .asks("c", .next))
  }

  @Test(arguments: RoutingStrategy.allCases)
  func `the only one is asked whatever the strategy`(strategy: RoutingStrategy) {
    let plan = stage.plan("m", [stage.target("a", weight: 7)], by: strategy)
    #expect(stage.call(to: plan).start() == .asks("a", .only))
  }

  @Test func `weighted gives each its share, to the call`() {
    let plan = stage.plan(
      "m", [stage.target("a", weight: 5), stage.target("b", weight: 3), stage.target("c")],
      by: .weighted)
    #expect(shares(of: plan, over: 900) == ["a": 500, "b": 300, "c": 100])
  }

  @Test func `round robin gives each its turn, whatever the weights`() {
    let plan = stage.plan("m", [stage.target("a", weight: 9), stage.target("b")], by: .roundRobin)
    #expect((0..<4).map { _ in stage.call(to: plan).run() } == ["a", "b", "a", "b"])
  }

  @Test func `least busy takes the one with the fewest calls under way for its weight`() {
    let plan = stage.plan("m", [stage.target("a", weight: 3), stage.target("b")], by: .leastBusy)
    let calls = (0..<12).map { _ in stage.call(to: plan) }
    let asked = calls.map(asked)
    #expect(asked.filter { $0 == "a" }.count == 9)
    for call in zip(calls, asked).filter({ $0.1 == "b" }).map(\.0) { call.isCancelled() }
    #expect((0..<3).map { _ in self.asked(stage.call(to: plan)) } == ["b", "b", "b"])
  }

  @Test func `least busy spreads calls that come one at a time by weight`() {
    let plan = stage.plan("m", [stage.target("a", weight: 3), stage.target("b")], by: .leastBusy)
    #expect(shares(of: plan, over: 400) == ["a": 300, "b": 100])
  }

  @Test func `least busy does not make up for what a target missed`() {
    let alone = stage.plan("n", [stage.target("a")])
    #expect(shares(of: alone, over: 500) == ["a": 500])
    let plan = stage.plan("m", [stage.target("a"), stage.target("b")], by: .leastBusy)
    #expect(shares(of: plan, over: 100) == ["a": 50, "b": 50])
  }

  @Test func `least latency takes the one that answers sooner, more often with more targets`() {
    let names = ["a", "b", "c", "d"]
    let plan = stage.plan("m", names.map { stage.target($0) }, by: .leastLatency)
    let shares = measuredShares(of: plan) { $0 == "a" ? 50 : 500 }
    // Two of four are drawn: a is one of them every other time.
    #expect(abs(Double(shares["a"] ?? 0) / 2000 - 0.5) < 0.05)
    #expect(names.dropFirst().allSatisfy { (250...420).contains(shares[$0] ?? 0) })
  }

  @Test func `least latency leaves a slow one at once, and asks it again by and by`() {
    let plan = stage.plan("m", [stage.target("a"), stage.target("b")], by: .leastLatency)
    _ = measuredShares(of: plan, over: 20) { _ in 100 }
    _ = measuredShares(of: plan, over: 3) { $0 == "a" ? 4000 : 100 }
    #expect(measuredShares(of: plan, over: 50) { _ in 100 }["a"] == nil)
    stage.now += .seconds(400)
    let shares = measuredShares(of: plan, over: 500) { _ in 100 }
    #expect(shares["a"] ?? 0 > 25)
  }

  @Test func `hash takes the same one for the same key, and each by weight`() {
    let plan = stage.plan(
      "m", [stage.target("a", weight: 7), stage.target("b", weight: 3)], by: .hash)
    var traits = CallTraits()
    var counts: [String: Int] = [:]
    for key in UInt64(0)..<2000 {
      traits.sticky = key
      let first = stage.call(to: plan, traits).run()
      #expect(stage.call(to: plan, traits).run() == first)
      counts[first ?? "", default: 0] += 1
    }
    #expect(abs(Double(counts["a"] ?? 0) / 2000 - 0.7) < 0.05)
  }

  @Test func `hash draws for calls that have no key`() {
    let plan = stage.plan("m", [stage.target("a"), stage.target("b")], by: .hash)
    let shares = shares(of: plan, over: 1000)
    #expect((440...560).contains(shares["a"] ?? 0) && (440...560).contains(shares["b"] ?? 0))
  }

  @Test(arguments: RoutingStrategy.allCases)
  func `a sticky call goes where calls of its kind go, as long as that is free`(
    strategy: RoutingStrategy
  ) {
    let names = ["a", "b", "c"]
    let plan = stage.plan(
      "m", names.map { stage.target($0, limits: { $0.concurrency = 1 }) }, by: strategy)
    var traits = CallTraits()
    for key in UInt64(0)..<50 {
      traits.sticky = key
      let call = stage.call(to: plan, traits)
      guard case .asks(let home, .sticky) = call.start() else {
        Issue.record("not asked for being sticky")
        return
      }
      let other = stage.call(to: plan, traits)
      #expect(other.start() != .asks(home, .sticky), "it has all it may be given")
      call.isCancelled()
      #expect(stage.call(to: plan, traits).run() == home)
      other.isCancelled()
    }
  }

  @Test func `a reload with more targets has turns for them`() {
    let few = stage.plan("m", [stage.target("a")], by: .weighted)
    #expect(stage.call(to: few).run() == "a")
    let more = stage.plan("m", ["a", "b", "c"].map { stage.target($0) }, by: .weighted)
    #expect(shares(of: more, over: 30) == ["a": 10, "b": 10, "c": 10])
  }

  private func asked(_ call: StagedCall) -> String? {
    if case .asks(let name, _) = call.start() { name } else { nil }
  }

  private func shares(of plan: RoutePlan, over calls: Int) -> [String: Int] {
    (0..<calls).reduce(into: [:]) { counts, _ in
      stage.now += .milliseconds(1)
      counts[stage.call(to: plan).run() ?? "nobody", default: 0] += 1
    }
  }

  /// Calls one after the other that are answered after so many milliseconds.
  private func measuredShares(
    of plan: RoutePlan, over calls: Int = 2000, latency: (String) -> Int
  ) -> [String: Int] {
    (0..<calls).reduce(into: [:]) { counts, _ in
      let call = stage.call(to: plan)
      guard let name = asked(call) else { return }
      stage.now += .milliseconds(latency(name))
      call.answers()
      call.finishes()
      counts[name, default: 0] += 1
    }
  }
}
