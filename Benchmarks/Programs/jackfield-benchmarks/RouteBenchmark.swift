import Routing

extension Benchmark {
  /// What deciding where one request goes costs, with few targets and with many.
  static let route = Benchmark(
    name: "route",
    summary: """
      one request through a router and a call's machine: started, answered and finished; limit: 2 µs \
      with 10 targets and 20 µs with 1,000
      """
  ) { settings in
    let cases = RoutingStrategy.allCases.flatMap { strategy in
      [10, 1000].flatMap { targets in
        RouteCase.Condition.allCases.map {
          RouteCase(strategy: strategy, targets: targets, condition: $0)
        }
      }
    }
    var runs = cases.map(RouteRun.init)
    var seconds = cases.map { _ in [Double]() }
    for round in 0...settings.rounds {
      for index in runs.indices {
        let start = Stopwatch.threadTime
        runs[index].repeatCalls()
        if round > 0 { seconds[index].append(Stopwatch.threadTime - start) }
      }
    }
    return zip(cases, seconds).map { route, seconds in
      Row(
        subject: route.subject, measured: Measurement(seconds: seconds, count: route.calls),
        goal: .atMost(route.targets == 10 ? 2e-6 : 20e-6))
    }
  }
}

/// What is measured: a strategy on so many targets of one order, weights 1 to 7, four targets an
/// endpoint.
private struct RouteCase {
  /// How targets are.
  enum Condition: String, CaseIterable {
    case free
    case oneCooling = "one endpoint cooling"
    case halfCooling = "half of them cooling"
    case limited = "with limits"
  }

  let strategy: RoutingStrategy
  let targets: Int
  let condition: Condition

  var subject: String { "\(strategy), \(targets), \(condition.rawValue)" }

  /// The endpoints in a cooldown, by their first targets.
  var cooling: StrideTo<Int> {
    switch condition {
    case .free, .limited: stride(from: 0, to: 0, by: 1)
    case .oneCooling: stride(from: 0, to: 1, by: 1)
    case .halfCooling: stride(from: 0, to: targets, by: 8)
    }
  }

  /// So many that a round is long for the clock.
  var calls: Int { targets == 10 ? 2000 : 200 }
}

/// A router in use, with some calls under way, and time that passes in it.
private struct RouteRun {
  private static let openCalls = 32

  private var router: Router
  private let plan: RoutePlan
  private let route: RouteCase
  private var random = SplitMix(state: 1)
  private var now = Duration.zero
  /// Calls that wait for their answers; each is followed by a new one in its place.
  private var calls: [CallMachine] = []
  private var oldest = 0

  init(_ route: RouteCase) {
    self.route = route
    var router = Router()
    let targets = (0..<route.targets).map { RouteTarget.bench($0, of: route, &router) }
    plan = RoutePlan(
      model: "bench", targets: targets, strategy: route.strategy,
      rotation: router.rotation(of: "bench", targets: targets.count))
    self.router = router
    for target in route.cooling { cool(target) }
    for _ in 0..<Self.openCalls { calls.append(startedCall()) }
  }

  /// So many calls begin, and as many are answered and end.
  mutating func repeatCalls() {
    for _ in 0..<route.calls {
      now += .milliseconds(Int64(random.next() % 20))
      calls[oldest].answered(router: &router, at: now)
      calls[oldest].finished(router: &router, at: now)
      calls[oldest] = startedCall()
      oldest = (oldest + 1) % Self.openCalls
    }
  }

  private mutating func startedCall() -> CallMachine {
    var traits = CallTraits()
    if route.strategy == .hash { traits.sticky = random.next() }
    var call = CallMachine(plan, traits: traits, began: now)
    blackHole(call.start(router: &router, at: now, random: &random))
    return call
  }

  /// Leaves the endpoint of a target alone for longer than any benchmark runs.
  private mutating func cool(_ target: Int) {
    let alone = RoutePlan(
      model: "bench", targets: [plan.targets[target]], rotation: plan.rotation)
    var call = CallMachine(alone, began: now)
    _ = call.start(router: &router, at: now, random: &random)
    let failure = CallFailure(.quota, blaming: .endpoint, retryAfter: .seconds(1_000_000_000))
    _ = call.failed(failure, router: &router, at: now, random: &random)
  }
}

extension RouteTarget {
  fileprivate static func bench(
    _ number: Int, of route: RouteCase, _ router: inout Router
  ) -> RouteTarget {
    var limits = CapacityLimits()
    if route.condition == .limited {
      limits.requestsPerMinute = 100_000
      limits.concurrency = 100
    }
    return RouteTarget(
      weight: number % 7 + 1, load: router.load(of: "\(number)"),
      budget: router.budget(of: "bench"),
      scopes: TargetScopes(
        model: "model-\(number)", credential: "credential-\(number / 4)",
        endpoint: "endpoint-\(number / 4)", network: "network-\(number / 4)"),
      limits: limits, identity: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
  }
}

/// Random numbers that are the same in each run.
///
/// - Source: SplitMix64, https://prng.di.unimi.it/splitmix64.c.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
