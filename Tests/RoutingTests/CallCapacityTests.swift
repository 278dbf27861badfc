import Testing

@testable import Routing

@Suite struct `A call to who has all it may be given` {
  private let stage = Stage()

  private func plan(
    _ names: [String] = ["a"], hint: Duration = .seconds(20),
    _ limits: @escaping (inout CapacityLimits) -> Void
  ) -> RoutePlan {
    stage.plan(
      "m", names.map { stage.target($0, limits: limits, retry: { $0.longestHint = hint }) })
  }

  private func running(_ plan: RoutePlan) -> [Int] {
    plan.targets.map { stage.router.running(at: $0) }
  }

  @Test func `goes to one that has not`() {
    let plan = plan(["a", "b"]) { $0.concurrency = 1 }
    #expect(stage.call(to: plan).start() == .asks("a", .strategy(.priority)))
    #expect(stage.call(to: plan).start() == .asks("b", .next))
    #expect(running(plan) == [1, 1])
  }

  @Test func `waits until an attempt ends, and is told so before its time`() {
    let plan = plan { $0.concurrency = 1 }
    let first = stage.call(to: plan)
    let call = stage.call(to: plan)
    _ = first.start()
    #expect(call.start() == .waits(.seconds(20), .capacity))
    first.isCancelled()
    #expect(call.waited(.seconds(1)) == .asks("a", .only))
  }

  @Test func `waits as long as an upstream may ask to wait, in all, and ends`() {
    let plan = plan { $0.concurrency = 1 }
    _ = stage.call(to: plan).start()
    let call = stage.call(to: plan)
    #expect(call.start() == .waits(.seconds(20), .capacity))
    #expect(call.waited(.seconds(12)) == .waits(.seconds(8), .capacity))
    #expect(call.waited(.seconds(8)) == .ends(.full(wait: nil)))
    #expect(call.machine.attempts == 0)
  }

  @Test func `waits anew after an attempt`() {
    let targets = ["a", "b"].map { stage.target($0, limits: { $0.concurrency = 1 }) }
    let plan = stage.plan("m", targets)
    let others = [stage.call(to: plan), stage.call(to: plan)]
    let call = stage.call(to: plan)
    #expect((others + [call]).map { $0.start() }.last == .waits(.seconds(20), .capacity))
    others[0].isCancelled()
    #expect(call.waited(.seconds(15)) == .asks("a", .strategy(.priority)))
    #expect(call.fails(.missing, .model) == .waits(.seconds(20), .capacity))
  }

  @Test(arguments: [(5000, 4999), (2, 1)])
  func `waits until just before its deadline`(within: Int, wait: Int) {
    let plan = plan { $0.concurrency = 1 }
    _ = stage.call(to: plan).start()
    let call = stage.call(to: plan, within: .milliseconds(within))
    #expect(call.start() == .waits(.milliseconds(wait), .capacity))
    #expect(call.waited(.milliseconds(wait)) == .ends(.full(wait: nil)))
  }

  @Test(arguments: [(60, true), (41, true), (40, false), (1, false)])
  func `waits until a minute is over, where that is soon`(ago: Int, isSoon: Bool) {
    let plan = plan { $0.requestsPerMinute = 1 }
    #expect(stage.call(to: plan).run() == "a")
    stage.now += .seconds(ago)
    let left = Duration.seconds(61 - ago)
    let call = stage.call(to: plan)
    #expect(call.start() == (isSoon ? .waits(left, .capacity) : .ends(.full(wait: left))))
    if isSoon { #expect(call.waited(left) == .asks("a", .only)) }
  }

  @Test func `waits for the one that can take more first`() {
    let targets = [
      stage.target("a", limits: { $0.concurrency = 1 }),
      stage.target("b", limits: { $0.requestsPerMinute = 1 }),
    ]
    let plan = stage.plan("m", targets)
    _ = (stage.call(to: plan).start(), stage.call(to: plan).run())
    stage.now += .seconds(59)
    let call = stage.call(to: plan)
    #expect(call.start() == .waits(.seconds(2), .capacity))
    #expect(call.waited(.seconds(2)) == .asks("b", .next))
  }

  @Test func `waits for a fallback that can take more first`() {
    let plan = stage.plan("m", [stage.target("a", limits: { $0.concurrency = 1 })]) {
      $0.any = ["d"]
    }
    let other = stage.plan("d", [stage.target("d", limits: { $0.requestsPerMinute = 1 })])
    _ = (stage.call(to: plan).start(), stage.call(to: other).run())
    stage.now += .seconds(58)
    #expect(stage.call(to: plan).start() == .waits(.seconds(3), .capacity))
  }

  @Test func `waits for one that was not asked when another one has failed`() {
    let targets = [stage.target("a"), stage.target("b", limits: { $0.concurrency = 1 })]
    let plan = stage.plan("m", targets)
    let other = stage.call(to: stage.plan("n", [targets[1]]))
    _ = other.start()
    let call = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = call.start()
    #expect(call.fails(.missing, .model) == .waits(.seconds(20), .capacity))
    #expect(call.waited(.seconds(20)) == .ends(.failed(.asReported)))
  }

  @Test func `counts tokens that it may take, and those it took`() {
    let plan = plan { $0.tokensPerMinute = 1000 }
    var traits = CallTraits()
    traits.tokens = 600
    let first = stage.call(to: plan, traits)
    _ = first.start()
    stage.now += .seconds(50)
    let call = stage.call(to: plan, traits)
    #expect(call.start() == .waits(.seconds(11), .capacity))
    first.answers()
    first.finishes(tokens: 400)
    #expect(call.waited(.seconds(1)) == .asks("a", .only))
  }

  @Test func `does not let a retry past the limits`() {
    let plan = plan { $0.requestsPerMinute = 1 }
    let call = stage.call(to: plan)
    _ = (call.start(), call.fails(.request, .request, status: 409))
    stage.now += .seconds(44)
    #expect(call.waited(.milliseconds(250)) == .waits(.milliseconds(16_750), .capacity))
    #expect(call.waited(.milliseconds(16_750)) == .asks("a", .retry(1, of: 2)))
  }

  @Test func `does not let a mended request past the limits`() {
    let plan = plan { $0.requestsPerMinute = 1 }
    let call = stage.call(to: plan)
    _ = call.start()
    let refused = FailedAttempt(.credentialRefused, credential: .token(scope: ""))
    #expect(call.fails(.credential, .credential, mending: refused) == .mends(.refreshToken))
    stage.now += .seconds(50)
    #expect(call.mended() == .waits(.seconds(11), .capacity))
    #expect(running(plan) == [0])
    #expect(call.waited(.seconds(11)) == .asks("a", .mended))
  }

  @Test func `does not let a last resort past the limits`() {
    let target = stage.target(
      "a", limits: { $0.concurrency = 1 }, cooldown: { $0.failures = 1 })
    let plan = stage.plan("m", [target])
    let failed = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (failed.start(), failed.fails(.upstream))
    let first = stage.call(to: plan)
    #expect(first.start() == .asks("a", .lastResort))
    let call = stage.call(to: plan)
    #expect(call.start() == .waits(.seconds(20), .capacity))
    first.isCancelled()
    #expect(call.waited(.seconds(1)) == .asks("a", .lastResort))
    let late = stage.call(to: plan)
    #expect(late.start() == .waits(.seconds(20), .capacity))
    #expect(late.waited(.seconds(20)) == .ends(.full(wait: nil)))
  }

  @Test func `asks who is left alone where waiting was in vain`() {
    let targets = [
      stage.target("a", limits: { $0.concurrency = 1 }),
      stage.target("b", cooldown: { $0.failures = 1 }),
    ]
    let plan = stage.plan("m", targets)
    let first = stage.call(to: plan)
    _ = first.start()
    let failed = stage.call(to: plan) { $0.maxRetries = 0 }
    #expect(failed.start() == .asks("b", .next))
    #expect(failed.fails(.upstream) == .waits(.seconds(20), .capacity))
    let call = stage.call(to: plan)
    #expect(call.start() == .waits(.seconds(20), .capacity))
    #expect(call.waited(.seconds(20)) == .asks("b", .lastResort))
  }
}
