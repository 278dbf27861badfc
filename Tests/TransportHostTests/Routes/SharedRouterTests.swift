import Routing
import Synchronization
import Testing

@testable import TransportHost

/// A clock that a test moves, on which everybody sleeps until somebody wakes them.
private final class StillClock: HostClock {
  private let time = Mutex(Duration.seconds(1000))
  var now: Duration { time.withLock(\.self) }
  var unixTime: Duration { now }
  func advance(by length: Duration) { time.withLock { $0 += length } }
  func sleep(for duration: Duration) async throws {
    // Longer than any test: who waits is woken, or the test's own limit ends it.
    try await ContinuousClock().sleep(for: .seconds(3600))
  }
}

@Suite struct `The router that calls share` {
  private let clock: StillClock
  private let router: SharedRouter

  init() {
    clock = StillClock()
    router = SharedRouter(clock: clock)
  }

  private func target(_ name: String, limits: CapacityLimits = CapacityLimits()) -> RouteTarget {
    var (retry, cooldown) = (RetryPolicy(), CooldownPolicy())
    (retry.maxRetries, cooldown.failures) = (0, 1)
    return RouteTarget(
      load: router.load(of: name), budget: router.budget(of: name),
      scopes: TargetScopes(model: name, credential: name, endpoint: name, network: name),
      limits: limits, identity: Rendezvous.key(name.utf8),
      rules: TargetRules(retry: retry, cooldown: cooldown))
  }

  private func plan(_ name: String, _ targets: [RouteTarget]) -> RoutePlan {
    RoutePlan(
      model: name, targets: targets, rotation: router.rotation(of: name, targets: targets.count))
  }

  private func call(to plan: RoutePlan) -> CallConduct {
    CallConduct(
      CallMachine(plan, began: clock.now), router, began: clock.now, deadline: nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `wakes who waits when a cooldown closes with an answer that has begun`() async throws {
    var one = CapacityLimits()
    one.concurrency = 1
    let (busy, failing) = (target("busy", limits: one), target("failing"))
    let alone = plan("failing", [failing])
    let first = call(to: alone)
    _ = first.start()
    _ = first.failed(CallFailure(.upstream, blaming: .endpoint), amendments: [])
    let holding = call(to: plan("busy", [busy]))
    _ = holding.start()
    clock.advance(by: .seconds(31))
    let probe = call(to: alone)
    guard case .send(let step) = probe.start() else {
      Issue.record("nobody finds out")
      return
    }
    #expect(step.isProbe)
    let waiting = call(to: plan("both", [busy, failing]))
    guard case .wait(let pause) = waiting.start() else {
      Issue.record("there is room")
      return
    }
    #expect(pause.purpose == .capacity)
    async let next = waiting.pass(pause, clock: clock)
    while router.holdings.waiting == 0 { await Task.yield() }
    probe.answered()
    guard case .send(let step) = try await next else {
      Issue.record("nobody is asked")
      return
    }
    #expect(step.index == 1)
    #expect(router.holdings.waiting == 0)
    _ = holding
  }
}
