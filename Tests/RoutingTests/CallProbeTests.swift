import Testing

@testable import Routing

@Suite struct `A call to who is left alone` {
  private let stage = Stage()

  /// `a` fails once, and so is left alone for 30 s from now on; `b` is free.
  private func cooledPlan(_ names: [String] = ["a", "b"]) -> RoutePlan {
    let plan = stage.plan(
      "m", names.map { stage.target($0, cooldown: { $0.failures = 1 }) })
    for _ in plan.targets.dropLast(names.count == 1 ? 0 : 1) {
      let call = stage.call(to: plan) { $0.maxRetries = 0 }
      _ = (call.start(), call.fails(.upstream), call.isCancelled())
    }
    return plan
  }

  @Test func `goes elsewhere, until the time is over`() {
    let plan = cooledPlan()
    stage.now += .milliseconds(29_900)
    #expect(stage.call(to: plan).start() == .asks("b", .next))
    stage.now += .milliseconds(100)
    #expect(stage.call(to: plan).start() == .asks("a", .strategy(.priority)))
  }

  @Test func `finds out alone, and its answer lets the others back`() {
    let plan = cooledPlan()
    stage.now += .seconds(30)
    let probe = stage.call(to: plan)
    _ = probe.start()
    #expect(probe.step?.isProbe == true)
    #expect(stage.call(to: plan).run() == "b")
    probe.answers()
    #expect(stage.call(to: plan).run() == "a")
    #expect(stage.router.takeTransitions().map { $0.end == nil } == [false, true])
  }

  @Test func `keeps them away twice as long where it fails`() {
    let plan = cooledPlan()
    stage.now += .seconds(30)
    let probe = stage.call(to: plan)
    _ = probe.start()
    #expect(probe.fails(.upstream, status: 500) == .asks("b", .next), "no retry of a probe")
    #expect(
      stage.standings(plan)["a"]
        == .cooling(.endpoint, remaining: .seconds(60), isStated: false))
  }

  @Test(arguments: [FailureScope.request, .model, .credential])
  func `lets them back where its failure shows that what was blamed is sound`(scope: FailureScope) {
    let plan = cooledPlan()
    stage.now += .seconds(30)
    let probe = stage.call(to: plan)
    _ = (probe.start(), probe.fails(.request, scope, status: 400))
    #expect(stage.router.takeTransitions().map { $0.end == nil } == [false, true])
  }

  @Test(arguments: ["cancelled", "unusable", "connect"])
  func `gives its place to another one where it told nothing`(end: String) {
    let plan = cooledPlan()
    stage.now += .seconds(30)
    let probe = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = probe.start()
    switch end {
    case "unusable": _ = probe.fails(.unusable, .request)
    // What nobody could connect to proves nothing of the endpoint behind.
    case "connect": _ = probe.fails(.connect, .request)
    default: probe.isCancelled()
    }
    let next = stage.call(to: plan)
    #expect(next.start() == .asks("a", .strategy(.priority)))
    #expect(next.step?.isProbe == true)
  }

  @Test func `asks the one that is over first where all are left alone`() {
    let plan = cooledPlan(["a", "b", "c"])
    let last = stage.call(to: plan) { $0.maxRetries = 0 }
    stage.now += .seconds(10)
    _ = (last.start(), last.fails(.upstream))
    let call = stage.call(to: plan)
    #expect(call.start() == .asks("a", .lastResort))
    #expect(call.step?.isProbe == false)
    #expect(call.fails(.upstream, status: 500) == .ends(.failed(.asReported)))
  }

  @Test func `is answered as a last resort, and lets the others back`() {
    let plan = cooledPlan(["a"])
    #expect(stage.call(to: plan).run() == "a")
    #expect(stage.standings(plan)["a"] == .free)
  }

  @Test func `keeps nobody away longer by failing as a last resort`() {
    let plan = cooledPlan(["a"])
    let calls = (0..<100).map { _ in stage.call(to: plan) { $0.maxRetries = 0 } }
    for call in calls { #expect(call.start() == .asks("a", .lastResort)) }
    for call in calls { #expect(call.fails(.upstream) == .ends(.failed(.asReported))) }
    stage.now += .milliseconds(29_900)
    #expect(stage.standings(plan)["a"] != .free)
    stage.now += .milliseconds(100)
    #expect(stage.standings(plan)["a"] == .free)
  }

  @Test(arguments: [(5.0, true), (20, true), (20.1, false), (600, false)])
  func `waits for one that says when to come back, where that is soon`(hint: Double, waits: Bool) {
    let plan = stage.plan("m", [stage.target("a")])
    limit(plan, for: .seconds(hint))
    let call = stage.call(to: plan)
    #expect(
      call.start() == (waits ? .waits(.seconds(hint), .retryAfter) : .asks("a", .lastResort)))
    if waits { #expect(call.waited(.seconds(hint)) == .asks("a", .only)) }
  }

  @Test(arguments: [(5000, false), (5001, true)])
  func `does not wait for one beyond its deadline`(within: Int, waits: Bool) {
    let plan = stage.plan("m", [stage.target("a")])
    limit(plan, for: .seconds(5))
    let call = stage.call(to: plan, within: .milliseconds(within))
    #expect(call.start() == (waits ? .waits(.seconds(5), .retryAfter) : .asks("a", .lastResort)))
  }

  @Test func `waits for such no longer than an upstream may ask for, in all`() {
    let plan = stage.plan("m", [stage.target("a", retry: { $0.maxRetries = 0 })])
    limit(plan, for: .seconds(8))
    let call = stage.call(to: plan)
    #expect(call.start() == .waits(.seconds(8), .retryAfter))
    limitLater(plan, for: .seconds(8))
    #expect(call.waited(.seconds(8)) == .waits(.seconds(8), .retryAfter))
    limitLater(plan, for: .seconds(8))
    #expect(call.waited(.seconds(8)) == .asks("a", .lastResort))
  }

  /// Another call is told to come back later.
  private func limit(_ plan: RoutePlan, for time: Duration) {
    let call = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (call.start(), call.fails(.rateLimit, .model, status: 429, retryAfter: time))
  }

  /// Another call that begins in 8 s is told so then.
  private func limitLater(_ plan: RoutePlan, for time: Duration) {
    let now = stage.now + .seconds(8)
    var lease = stage.router.begin(0, of: plan, tokens: 0, isFirst: true, at: now)
    let failure = CallFailure(.rateLimit, blaming: .model, status: 429, retryAfter: time)
    stage.router.failed(&lease, failure, at: now)
    stage.router.end(lease, at: now)
  }
}
