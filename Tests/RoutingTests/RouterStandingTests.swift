import Testing

@testable import Routing

@Suite struct `How a target stands` {
  private let stage = Stage()

  @Test func `is free where nothing is against it`() {
    #expect(standing(of: stage.target("a")) == .free)
  }

  @Test func `is unusable before all else`() {
    var traits = CallTraits()
    traits.home = CallTraits.Home(boundary: 9, provider: 9, isChain: false)
    #expect(standing(of: stage.target("a", isUsable: false), traits) == .unusable)
  }

  @Test(arguments: [(0, true), (1, false)] as [(Int32, Bool)])
  func `is out of reach where it cannot read the state`(boundary: Int32, isReached: Bool) {
    var traits = CallTraits()
    traits.home = CallTraits.Home(boundary: boundary, provider: 9, isChain: true)
    let target = stage.target("a", boundary: 0)
    #expect(standing(of: target, traits) == (isReached ? .free : .outOfReach))
  }

  @Test func `is full until an attempt ends where it has all at the same time`() {
    let target = stage.target("a", limits: { $0.concurrency = 1 })
    let call = stage.call(to: stage.plan("m", [target]))
    _ = call.start()
    #expect(standing(of: target) == .full(wait: nil))
    call.isCancelled()
    #expect(standing(of: target) == .free)
  }

  @Test func `is full until a minute is over where it has all within one`() {
    let target = stage.target("a", limits: { $0.requestsPerMinute = 2 })
    let plan = stage.plan("m", [target])
    _ = (stage.call(to: plan).run(), stage.call(to: plan).run())
    #expect(standing(of: target) == .full(wait: .seconds(61)))
    stage.now += .seconds(61)
    #expect(standing(of: target) == .free)
  }

  @Test(arguments: [(400, true), (401, false)])
  func `is full where its tokens do not suffice`(tokens: Int, isFree: Bool) {
    let target = stage.target("a", limits: { $0.tokensPerMinute = 1000 })
    var traits = CallTraits()
    traits.tokens = 600
    let call = stage.call(to: stage.plan("m", [target]), traits)
    _ = call.start()
    traits.tokens = tokens
    #expect((standing(of: target, traits) == .free) == isFree)
  }

  @Test(arguments: [(900, 100), (300, 700), (nil, 400), (5000, 1)] as [(Int?, Int)])
  func `has the tokens that were counted, not those that were estimated`(used: Int?, left: Int) {
    let target = stage.target("a", limits: { $0.tokensPerMinute = 1000 })
    var traits = CallTraits()
    traits.tokens = 600
    let call = stage.call(to: stage.plan("m", [target]), traits)
    _ = call.start()
    stage.now += .seconds(20)
    call.answers()
    call.finishes(tokens: used)
    traits.tokens = left
    #expect((standing(of: target, traits) == .free) == (used ?? 0 < 1000))
    traits.tokens = left + 1
    #expect(standing(of: target, traits) != .free)
  }

  @Test func `names what is left alone longest`() {
    let target = stage.target("a", cooldown: { $0.failures = 1 })
    let plan = stage.plan("m", [target])
    fail(plan, .rateLimit, .model, retryAfter: .seconds(50))
    fail(plan, .upstream, .endpoint)
    stage.now += .seconds(10)
    #expect(
      standing(of: target) == .cooling(.model, remaining: .seconds(40), isStated: true))
    stage.now += .seconds(40)
    #expect(standing(of: target) == .free)
  }

  @Test func `is cooling with nothing remaining while somebody finds out`() {
    let target = stage.target("a", cooldown: { $0.failures = 1 })
    let plan = stage.plan("m", [target])
    fail(plan, .upstream, .endpoint)
    stage.now += .seconds(31)
    let probe = stage.call(to: plan)
    _ = probe.start()
    #expect(probe.step?.isProbe == true)
    #expect(standing(of: target) == .cooling(.endpoint, remaining: .zero, isStated: false))
    probe.answers()
    #expect(standing(of: target) == .free)
  }

  private func standing(
    of target: RouteTarget, _ traits: CallTraits = CallTraits()
  ) -> Router.Standing {
    stage.router.standing(of: target, for: traits, at: stage.now)
  }

  private func fail(
    _ plan: RoutePlan, _ cause: FailureCause, _ scope: FailureScope, retryAfter: Duration? = nil
  ) {
    let call = stage.call(to: plan) { $0.maxRetries = 0 }
    // Who has to wait before is asked by nobody.
    var action = call.start()
    if case .waits(let length, _) = action { action = call.waited(length) }
    _ = call.fails(cause, scope, retryAfter: retryAfter)
  }
}
