import Testing

@testable import Routing

@Suite struct `A call that goes on from stored state` {
  private let stage = Stage()

  /// The home `a`, its neighbour `n` with the same readers, and `b` that cannot read it.
  private func plan(
    _ whenLost: RoutePlan.WhenLost = .error, limits: (inout CapacityLimits) -> Void = { _ in }
  ) -> RoutePlan {
    stage.plan(
      "m",
      [
        stage.target("b", boundary: 2), stage.target("n", order: 2, boundary: 1),
        stage.target("a", order: 3, limits: limits, boundary: 1, cooldown: { $0.failures = 1 }),
      ], whenLost: whenLost)
  }

  private func traits(isChain: Bool = false, isReplayable: Bool = false) -> CallTraits {
    var traits = CallTraits()
    traits.home = CallTraits.Home(
      boundary: 1, provider: stage.number(of: "a"), isChain: isChain)
    traits.isReplayable = isReplayable
    return traits
  }

  private func call(
    to plan: RoutePlan, _ traits: CallTraits? = nil, within time: Duration? = nil
  ) -> StagedCall {
    stage.call(to: plan, traits ?? self.traits(), within: time) { $0.maxRetries = 0 }
  }

  @Test func `goes home first, whatever the order, and then to who can read it`() {
    let call = call(to: plan())
    #expect(call.start() == .asks("a", .home))
    #expect(call.step?.treatment == .kept)
    #expect(call.fails(.missing, .model) == .asks("n", .next))
    #expect(call.fails(.missing, .model) == .ends(.failed(.asReported)))
  }

  @Test(
    arguments: [
      (.error, false, false, nil), (.error, true, true, nil),
      (.stripReasoning, false, false, .stripped), (.stripReasoning, true, true, nil),
      (.replay, false, false, .stripped), (.replay, false, true, .stripped),
      (.replay, true, false, nil), (.replay, true, true, .replayed),
    ] as [(RoutePlan.WhenLost, Bool, Bool, CallStep.StateTreatment?)])
  func `goes elsewhere as the configuration says, and what it carries allows`(
    whenLost: RoutePlan.WhenLost, isChain: Bool, isReplayable: Bool,
    treatment: CallStep.StateTreatment?
  ) {
    let call = call(to: plan(whenLost), traits(isChain: isChain, isReplayable: isReplayable))
    _ = (call.start(), call.fails(.missing, .model))
    let elsewhere = call.fails(.missing, .model)
    guard let treatment else { return #expect(elsewhere == .ends(.failed(.asReported))) }
    #expect(elsewhere == .asks("b", .next))
    #expect(call.step?.treatment == treatment)
  }

  @Test(
    arguments: [
      (.error, false, nil), (.stripReasoning, false, .stripped), (.stripReasoning, true, nil),
      (.replay, true, .replayed),
    ] as [(RoutePlan.WhenLost, Bool, CallStep.StateTreatment?)])
  func `is out of reach where no target can read it, or goes without it`(
    whenLost: RoutePlan.WhenLost, isChain: Bool, treatment: CallStep.StateTreatment?
  ) {
    let plan = stage.plan("m", [stage.target("b", boundary: 2)], whenLost: whenLost)
    let traits = traits(isChain: isChain, isReplayable: true)
    let call = call(to: plan, traits)
    let action = call.start()
    if let treatment {
      #expect(action == .asks("b", .only))
      #expect(call.step?.treatment == treatment)
    } else {
      #expect(traits.home.map { action == .ends(.outOfReach($0)) } ?? false)
    }
  }

  @Test func `finds who can read it among fallbacks before it lets go of it`() {
    let plan = stage.plan("m", [stage.target("b", boundary: 2)], whenLost: .stripReasoning) {
      $0.any = ["d"]
    }
    stage.plan("d", [stage.target("c", boundary: 3), stage.target("a", boundary: 1)])
    let call = call(to: plan)
    #expect(call.start() == .asks("a", .fallback(of: "m", .any)))
    #expect(call.step?.treatment == .kept)
    #expect(call.fails(.missing, .model) == .asks("b", .next))
    #expect(call.step?.treatment == .stripped)
    #expect(call.fails(.missing, .model) == .asks("c", .fallback(of: "m", .any)))
    #expect(call.step?.treatment == .stripped)
  }

  @Test func `keeps it while its home is busy for a moment`() {
    let home = stage.target("a", limits: { $0.concurrency = 1 }, boundary: 1)
    let plan = stage.plan(
      "m", [home, stage.target("b", boundary: 2)], whenLost: .stripReasoning)
    let first = call(to: plan)
    _ = first.start()
    let call = call(to: plan)
    #expect(call.start() == .waits(.seconds(20), .capacity))
    first.isCancelled()
    #expect(call.waited(.seconds(1)) == .asks("a", .home))
    #expect(call.step?.treatment == .kept)
    let late = self.call(to: plan)
    #expect(late.start() == .waits(.seconds(20), .capacity))
    #expect(late.waited(.seconds(20)) == .asks("b", .next))
    #expect(late.step?.treatment == .stripped)
  }

  @Test(arguments: [(5, true), (60, false)])
  func `keeps it where its home says when to come back, if that is soon`(hint: Int, keeps: Bool) {
    let plan = stage.plan(
      "m", [stage.target("a", boundary: 1), stage.target("b", boundary: 2)],
      whenLost: .stripReasoning)
    let first = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (first.start(), first.fails(.rateLimit, .model, retryAfter: .seconds(hint)))
    let call = call(to: plan)
    #expect(
      call.start() == (keeps ? .waits(.seconds(hint), .retryAfter) : .asks("b", .next)))
  }

  @Test func `asks its home as a last resort where it must not go elsewhere`() {
    let plan = stage.plan(
      "m",
      [
        stage.target("a", boundary: 1, cooldown: { $0.failures = 1 }),
        stage.target("b", boundary: 2),
      ])
    let first = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (first.start(), first.fails(.upstream))
    #expect(call(to: plan).start() == .asks("a", .lastResort))
  }

  @Test func `goes anywhere where nobody knows its home`() {
    #expect(stage.call(to: plan()).run() == "b")
  }

  @Test func `tells which targets of a plan share their readers`() {
    #expect(plan().hasSeveralBoundaries)
    #expect(!stage.plan("one", [stage.target("a", boundary: 1)]).hasSeveralBoundaries)
  }
}
