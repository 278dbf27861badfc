@testable import Routing

/// Models, targets and policies at random: up to twelve targets a model, some of them in several
/// models, with shared credentials, endpoints and networks, and fallbacks in every direction.
struct RandomPlans {
  private(set) var pool: [RouteTarget] = []
  private(set) var plans: [RoutePlan] = []

  init(_ router: inout Router, _ generator: inout SeededGenerator) {
    let rules = (0..<3).map { _ in Self.rules(&generator) }
    for number in 0..<generator.number(1...14) {
      pool.append(Self.target(number, rules, &router, &generator))
    }
    let models = generator.number(1...4)
    for model in 0..<models {
      plans.append(plan("m\(model)", of: models, &router, &generator))
    }
  }

  /// The plan of a fallback; some names are unknown, and some are aliases.
  func plan(named name: String) -> RoutePlan? {
    plans.first { $0.model == name || $0.model + "-alias" == name }
  }

  private func plan(
    _ model: String, of models: Int, _ router: inout Router, _ generator: inout SeededGenerator
  ) -> RoutePlan {
    var targets = pool.shuffled(using: &generator).prefix(generator.number(1...12)).map { target in
      var target = target
      target.order = generator.number(1...3)
      target.weight = generator.number(1...9)
      return target
    }
    targets.sort { $0.order < $1.order }
    var fallbacks = RoutePlan.Fallbacks()
    let names = (0..<models).flatMap { ["m\($0)", "m\($0)-alias"] } + ["unknown"]
    if generator.chance(60) { fallbacks.any = generator.some(of: names) }
    if generator.chance(40) { fallbacks.contextWindow = generator.some(of: names) }
    if generator.chance(40) { fallbacks.contentFilter = generator.some(of: names) }
    return RoutePlan(
      model: model, targets: targets, strategy: generator.one(of: RoutingStrategy.allCases),
      fallbacks: fallbacks, whenLost: generator.one(of: [.error, .stripReasoning, .replay]),
      rotation: router.rotation(of: model, targets: targets.count))
  }

  private static func target(
    _ number: Int, _ rules: [TargetRules], _ router: inout Router,
    _ generator: inout SeededGenerator
  ) -> RouteTarget {
    let provider = generator.number(0...3)
    var limits = CapacityLimits()
    if generator.chance(30) { limits.requestsPerMinute = generator.number(1...12) }
    if generator.chance(25) { limits.concurrency = generator.number(1...3) }
    if generator.chance(20) { limits.tokensPerMinute = generator.number(100...4000) }
    return RouteTarget(
      load: router.load(of: "\(number)"), budget: router.budget(of: "\(provider)"),
      scopes: TargetScopes(
        model: "\(number)", credential: "\(provider)", endpoint: "\(provider)",
        network: "\(provider / 2)"),
      limits: limits, boundary: Int32(provider % 3), provider: Int32(provider),
      identity: UInt64(number), isUsable: generator.chance(95),
      rules: rules[provider % 3])
  }

  private static func rules(_ generator: inout SeededGenerator) -> TargetRules {
    var (retry, cooldown) = (RetryPolicy(), CooldownPolicy())
    retry.maxRetries = generator.number(0...3)
    retry.conditions = RetryPolicy.Conditions(rawValue: UInt8(generator.number(0...31)))
    retry.backoff.initial = .milliseconds(generator.number(0...2000))
    retry.backoff.maximum = .milliseconds(generator.number(1...9000))
    retry.backoff.multiplier = [1, 1.5, 2, 10][generator.number(0...3)]
    retry.backoff.hasJitter = generator.chance(50)
    retry.longestHint = .seconds(generator.number(0...30))
    retry.budget = [0, 0.2, 1][generator.number(0...2)]
    cooldown.failures = generator.number(1...4)
    cooldown.window = .seconds(generator.number(1...90))
    cooldown.duration = .seconds(generator.number(1...60))
    cooldown.maximum = .seconds(generator.number(10...300))
    cooldown.probes = generator.number(1...3)
    return TargetRules(retry: retry, cooldown: cooldown)
  }
}

extension SeededGenerator {
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// Whether something happens that does so many times in a hundred.
  mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }

  mutating func one<Element>(of all: [Element]) -> Element { all[number(0...all.count - 1)] }

  fileprivate mutating func some<Element>(of all: [Element]) -> [Element] {
    (0..<number(1...3)).map { _ in one(of: all) }
  }
}
