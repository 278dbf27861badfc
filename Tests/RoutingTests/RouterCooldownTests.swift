import Testing

@testable import Routing

@Suite struct `What failures blame` {
  private let stage = Stage()

  private func blame(_ name: String, _ cause: FailureCause = .quota, hint: Duration? = nil) {
    let target = stage.target(name)
    let plan = stage.plan(name, [target])
    var lease = stage.router.begin(0, of: plan, tokens: 0, isFirst: true, at: stage.now)
    let failure = CallFailure(cause, blaming: .model, retryAfter: hint)
    stage.router.failed(&lease, failure, at: stage.now)
    stage.router.end(lease, at: stage.now)
  }

  @Test func `is remembered of so many and no more, those that are over first forgotten first`() {
    for number in 0...5000 { blame("\(number)", hint: .seconds(100 + number)) }
    #expect(stage.router.cooldowns.count == Router.cooldownLimit)
    let plan = stage.plan("m", [stage.target("0"), stage.target("5000")])
    #expect(stage.standings(plan)["0"] == .free)
    #expect(stage.standings(plan)["5000"] != .free)
  }

  @Test func `is forgotten first where it is left alone no longer`() {
    blame("cooling", hint: .seconds(1))
    for number in 0...5000 { blame("\(number)", .overload) }
    #expect(stage.router.cooldowns.count <= Router.cooldownLimit)
    #expect(stage.standings(stage.plan("m", [stage.target("cooling")]))["cooling"] != .free)
  }

  @Test func `is not forgotten while attempts find out`() {
    let target = stage.target("a", cooldown: { ($0.failures, $0.probes) = (1, 2) })
    let plan = stage.plan("m", [target])
    let first = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (first.start(), first.fails(.upstream))
    stage.now += .seconds(31)
    let probes = [stage.call(to: plan), stage.call(to: plan)]
    for probe in probes { #expect(probe.start() == .asks("a", .only)) }
    probes[0].answers()
    for number in 0...5000 { blame("\(number)", .overload) }
    _ = probes[1].fails(.upstream)
    #expect(stage.router.cooldowns.values.allSatisfy { $0.probes == 0 })
  }

  @Test func `is not found again by attempts from before it was left alone`() {
    let plan = stage.plan("m", [stage.target("a", cooldown: { $0.failures = 1 })])
    let calls = (0..<5).map { _ in stage.call(to: plan) { $0.maxRetries = 0 } }
    for call in calls { _ = call.start() }
    _ = calls[0].fails(.firstEvent)
    stage.now += .seconds(30)
    #expect(stage.call(to: plan).run() == "a")
    for call in calls.dropFirst() { _ = call.fails(.firstEvent) }
    #expect(stage.standings(plan)["a"] == .free)
    let later = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (later.start(), later.fails(.firstEvent))
    #expect(stage.standings(plan)["a"] != .free)
  }

  @Test func `is looked up for those alone that share it`() {
    blame("a")
    for number in 0..<100 {
      let target = stage.target("b\(number)")
      #expect(stage.router.standing(of: target, for: CallTraits(), at: stage.now) == .free)
    }
  }

  @Test func `is told as it changes, where that is recorded, and once`() {
    blame("a", hint: .seconds(7))
    let key = stage.target("a").scopes.model
    let opened = Router.Transition(time: stage.now, key: key, end: stage.now + .seconds(7))
    #expect(stage.router.takeTransitions() == [opened])
    #expect(stage.router.takeTransitions().isEmpty)
    stage.now += .seconds(7)
    #expect(stage.call(to: stage.plan("m", [stage.target("a")])).run() == "a")
    let closed = Router.Transition(time: stage.now, key: key, end: nil)
    #expect(stage.router.takeTransitions() == [closed])
    stage.router = Router()
    blame("a")
    #expect(stage.router.takeTransitions().isEmpty)
  }

  @Test(arguments: FailureCause.allCases)
  func `is not the wider scope, which has proven sound but by who was not reached`(
    cause: FailureCause
  ) {
    let target = stage.target("a", cooldown: { $0.failures = 1 })
    let plan = stage.plan("m", [target])
    let first = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (first.start(), first.fails(.upstream, .network))
    stage.now += .seconds(30)
    _ = stage.router.takeTransitions()
    let probe = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (probe.start(), probe.fails(cause, .endpoint))
    let isMute = [.connect, .unusable, .cancelled, .deadline, .defect].contains(cause)
    let closed = stage.router.takeTransitions().contains {
      $0.key == target.scopes.network && $0.end == nil
    }
    #expect(closed == !isMute)
  }
}
