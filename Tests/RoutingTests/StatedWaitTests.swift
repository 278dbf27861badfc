import Testing

@testable import Routing

@Suite struct `Calls that an upstream tells when to come back` {
  private let stage = Stage()

  private func plan(hasJitter: Bool = true) -> RoutePlan {
    let target = stage.target(
      "a", retry: { ($0.budget, $0.backoff.hasJitter) = (1, hasJitter) })
    return stage.plan("m", [target])
  }

  /// The waits of so many calls that are told the same at the same time.
  private func waits(
    _ count: Int, _ plan: RoutePlan, hint: Duration, within time: Duration? = nil
  ) -> [Duration] {
    let calls = (0..<count).map { _ in stage.call(to: plan, within: time) }
    for call in calls { _ = call.start() }
    return calls.compactMap { call in
      guard
        case .waits(let length, .retryAfter) = call.fails(
          .rateLimit, .model, status: 429, retryAfter: hint)
      else { return nil }
      return length
    }
  }

  private func isSpread(_ waits: [Duration]) -> Bool { Set(waits).count > waits.count / 2 }

  @Test(arguments: [(1, 251), (2000, 2250), (10_000, 11_000)])
  func `come back spread over a tenth of the wait, or what a first retry may wait`(
    hint: Int, most: Int
  ) {
    let hint = Duration.milliseconds(hint)
    let waits = waits(10, plan(), hint: hint)
    #expect(waits.count == 10 && isSpread(waits))
    #expect(waits.allSatisfy { $0 >= hint && $0 <= .milliseconds(most) }, "\(waits)")
  }

  @Test func `come back as soon as they may where waits are not random`() {
    #expect(Set(waits(5, plan(hasJitter: false), hint: .seconds(9))) == [.seconds(9)])
  }

  @Test(arguments: [19.9, 20]) func `wait no longer than an upstream may ask`(hint: Double) {
    let waits = waits(10, plan(), hint: .seconds(hint))
    #expect(waits.count == 10)
    #expect(waits.allSatisfy { $0 >= .seconds(hint) && $0 <= .seconds(20) }, "\(waits)")
  }

  @Test func `are asked again before their deadline, however close that is`() {
    let waits = waits(10, plan(), hint: .seconds(5), within: .seconds(5) + .milliseconds(2))
    #expect(waits.count == 10)
    #expect(waits.allSatisfy { $0 >= .seconds(5) && $0 < .seconds(5) + .milliseconds(2) })
  }

  @Test func `come back spread too where others were told`() {
    let plan = plan()
    _ = waits(1, plan, hint: .seconds(5))
    let lengths = (0..<10).compactMap { _ -> Duration? in
      guard case .waits(let length, .retryAfter) = stage.call(to: plan).start() else { return nil }
      return length
    }
    #expect(lengths.count == 10 && isSpread(lengths))
    #expect(lengths.allSatisfy { $0 >= .seconds(5) && $0 <= .seconds(5.5) }, "\(lengths)")
  }

  @Test func `come back spread too where others were told to come later still`() {
    let plan = plan()
    let calls = (0..<10).map { _ in stage.call(to: plan) }
    let last = stage.call(to: plan)
    for call in calls + [last] { _ = call.start() }
    for call in calls { _ = call.fails(.rateLimit, .model, status: 429, retryAfter: .seconds(1)) }
    _ = last.fails(.rateLimit, .model, status: 429, retryAfter: .seconds(8))
    stage.now += .seconds(2)
    let lengths = calls.compactMap { call -> Duration? in
      guard case .waits(let length, .retryAfter) = call.waited(.zero) else { return nil }
      return length
    }
    #expect(lengths.count == 10 && isSpread(lengths))
    #expect(lengths.allSatisfy { $0 >= .seconds(6) && $0 <= .seconds(6.6) }, "\(lengths)")
  }

  // MARK: - A burst

  @Test(arguments: [1, 3]) func `at once leave it alone once, for just that long`(failures: Int) {
    let target = stage.target(
      "a", retry: { $0.budget = 1 }, cooldown: { $0.failures = failures })
    let plan = stage.plan("m", [target])
    let calls = (0..<20).map { _ in stage.call(to: plan) }
    for call in calls { #expect(call.start() == .asks("a", .only)) }
    for call in calls {
      #expect(
        call.fails(.rateLimit, .model, status: 429, retryAfter: .seconds(5))
          == .waits(.seconds(5), .retryAfter))
    }
    let end = stage.now + .seconds(5)
    let opened = Router.Transition(time: stage.now, key: target.scopes.model, end: end)
    #expect(stage.router.takeTransitions() == [opened])
    #expect(
      stage.standings(plan)["a"] == .cooling(.model, remaining: .seconds(5), isStated: true))
    stage.now = end - .milliseconds(1)
    #expect(stage.standings(plan)["a"] != .free)
    stage.now = end
    #expect(stage.standings(plan)["a"] == .free)
    for call in calls.prefix(10) {
      #expect(call.waited(.zero) == .asks("a", .retry(1, of: 2)))
      #expect(call.step?.isProbe == false, "there is nothing to find out")
    }
    let closed = Router.Transition(time: end, key: target.scopes.model, end: nil)
    #expect(stage.router.takeTransitions() == [closed])
    for call in calls.prefix(failures - 1) { _ = call.fails(.upstream, .model, status: 500) }
    #expect(stage.standings(plan)["a"] == .free, "the burst counts for nothing")
  }

  @Test func `at once, some later than others, leave it alone for the longest`() {
    let plan = stage.plan("m", [stage.target("a")])
    let calls = (0..<9).map { _ in stage.call(to: plan) }
    for call in calls { _ = call.start() }
    let began = stage.now
    for (call, hint) in zip(calls, [3, 5, 4, 5, 2, 5, 1, 5, 5]) {
      _ = call.fails(.rateLimit, .model, status: 429, retryAfter: .seconds(hint))
    }
    #expect(
      stage.router.takeTransitions().map(\.end) == [began + .seconds(3), began + .seconds(5)])
    stage.now += .seconds(3)
    #expect(calls[0].waited(.zero) == .waits(.seconds(2), .retryAfter))
  }
}
