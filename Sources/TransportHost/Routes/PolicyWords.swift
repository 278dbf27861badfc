internal import ProviderConfiguration
internal import Routing

// What the file says, in the router's words.

extension TargetRules {
  /// The policies of a target.
  convenience init(_ policy: TargetPolicy) {
    self.init(retry: RetryPolicy(policy.retry), cooldown: CooldownPolicy(policy.cooldown))
  }
}

extension RetryPolicy {
  fileprivate init(_ rules: RetryRules) {
    self.init()
    maxRetries = rules.maxRetries?.value ?? maxRetries
    longestHint = rules.longestRetryAfter?.value ?? longestHint
    budget = rules.budget?.value ?? budget
    backoff.initial = rules.initialBackoff?.value ?? backoff.initial
    backoff.maximum = rules.longestBackoff?.value ?? backoff.maximum
    backoff.multiplier = rules.multiplier?.value ?? backoff.multiplier
    backoff.hasJitter = rules.jitter?.value != .off
    guard let retryable = rules.retryable?.value else { return }
    (conditions, statuses) = ([], [])
    for condition in retryable { take(condition) }
  }

  private mutating func take(_ condition: RetryCondition) {
    switch condition {
    case .connect: conditions.insert(.connect)
    case .firstEvent: conditions.insert(.firstEvent)
    case .idle: conditions.insert(.idle)
    case .attempt: conditions.insert(.attempt)
    case .stream: conditions.insert(.stream)
    case .status(let status): statuses.insert(status)
    }
  }
}

extension CooldownPolicy {
  fileprivate init(_ rules: CooldownRules) {
    self.init()
    failures = rules.failures?.value ?? failures
    window = rules.window?.value ?? window
    duration = rules.duration?.value ?? duration
    maximum = rules.maxDuration?.value ?? maximum
    probes = rules.probes?.value ?? probes
  }
}

extension CapacityLimits {
  /// What a target may be given.
  init(_ limits: TargetLimits) {
    self.init()
    requestsPerMinute = limits.requestsPerMinute?.value
    tokensPerMinute = limits.tokensPerMinute?.value
    concurrency = limits.concurrency?.value
  }
}

extension RoutingStrategy {
  /// The strategy of a word.
  init(_ strategy: Strategy) {
    self =
      switch strategy {
      case .priority: .priority
      case .weighted: .weighted
      case .roundRobin: .roundRobin
      case .leastBusy: .leastBusy
      case .leastLatency: .leastLatency
      case .hash: .hash
      }
  }

  /// Its word in the file.
  var word: String {
    switch self {
    case .priority: Strategy.priority.rawValue
    case .weighted: Strategy.weighted.rawValue
    case .roundRobin: Strategy.roundRobin.rawValue
    case .leastBusy: Strategy.leastBusy.rawValue
    case .leastLatency: Strategy.leastLatency.rawValue
    case .hash: Strategy.hash.rawValue
    }
  }
}

extension RoutePlan.Fallbacks {
  /// The lists of a model.
  init(_ fallbacks: Fallbacks) {
    self.init()
    any = fallbacks.general.map(\.value)
    contextWindow = fallbacks.contextWindow.map(\.value)
    contentFilter = fallbacks.contentFilter.map(\.value)
  }
}

extension RoutePlan.WhenLost {
  /// The behaviour of a word.
  init(_ lost: AffinityRules.Lost) {
    self =
      switch lost {
      case .error: .error
      case .stripReasoning: .stripReasoning
      case .replay: .replay
      }
  }
}
