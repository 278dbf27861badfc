extension Router {
  /// One attempt at a target, from its beginning to its end.
  struct Lease: Sendable {
    let plan: RoutePlan
    let index: Int
    let began: Duration
    /// How many tokens were counted for it.
    let tokens: Int
    /// How many cooldowns had been opened when it began.
    fileprivate let order: Int
    /// Which scopes its end tells about.
    fileprivate var probes: UInt8
    /// Whether its answer has begun.
    fileprivate var hasAnswered = false

    var target: RouteTarget { plan.targets[index] }

    /// Whether it finds out whether something is over.
    var isProbe: Bool { probes != 0 }
  }

  /// Begins an attempt.
  ///
  /// - Parameters:
  ///   - index: The target.
  ///   - plan: Its plan.
  ///   - tokens: How many it may take.
  ///   - isFirst: Whether it is the call's first at this provider.
  ///   - now: The time.
  /// - Returns: What ends it.
  mutating func begin(
    _ index: Int, of plan: RoutePlan, tokens: Int, isFirst: Bool, at now: Duration
  ) -> Lease {
    let target = plan.targets[index]
    loads[target.load].begin(tokens, target.limits, at: now)
    if isFirst { budgets[target.budget].add(target.rules.retry.budget, at: now) }
    return Lease(
      plan: plan, index: index, began: now, tokens: tokens, order: openings,
      probes: beginProbes(target, at: now))
  }

  /// Takes in that an attempt is being answered: whatever it may blame is sound.
  mutating func answered(_ lease: inout Lease, at now: Duration) {
    loads[lease.target.load].observe(latency: now - lease.began, at: now)
    succeed(lease, isWhole: false, at: now)
    lease.probes = 0
    lease.hasAnswered = true
  }

  /// Takes in that an attempt's answer is whole.
  mutating func completed(_ lease: Lease, at now: Duration) {
    succeed(lease, isWhole: true, at: now)
  }

  /// Takes in that an attempt failed.
  mutating func failed(_ lease: inout Lease, _ failure: CallFailure, at now: Duration) {
    for place in TargetScopes.places {
      let (scope, key) = (TargetScopes.scope(of: place), lease.target.scopes[place])
      if scope == failure.scope, failure.cause.cools {
        fail(key, lease.attempt(place), at: now, failure, lease.target.rules.cooldown)
      } else if scope > failure.scope, failure.cause.provesAnAnswer {
        succeed(key, lease.attempt(place), isWhole: true, at: now)
      } else {
        abandon(key, lease.attempt(place))
      }
    }
    lease.probes = 0
  }

  /// Ends an attempt.
  ///
  /// - Parameters:
  ///   - lease: The attempt; one that was neither answered nor failed says nothing of its target.
  ///   - tokens: How many it took; nil: nobody counted.
  ///   - now: The time.
  mutating func end(_ lease: Lease, tokens: Int? = nil, at now: Duration) {
    if lease.isProbe {
      for place in TargetScopes.places { abandon(lease.target.scopes[place], lease.attempt(place)) }
    }
    loads[lease.target.load].end()
    releases += 1
    guard let tokens else { return }
    loads[lease.target.load].correct(tokens: tokens - lease.tokens, begun: lease.began, at: now)
  }

  private mutating func succeed(_ lease: Lease, isWhole: Bool, at now: Duration) {
    guard lease.isProbe || blamed.bits & lease.target.scopes.bits != 0 else { return }
    for place in TargetScopes.places {
      succeed(lease.target.scopes[place], lease.attempt(place), isWhole: isWhole, at: now)
    }
  }
}

extension Router.Lease {
  fileprivate func attempt(_ place: Int) -> Cooldown.Attempt {
    Cooldown.Attempt(
      isProbe: probes & (1 << UInt8(place)) != 0, order: order, hasAnswered: hasAnswered)
  }
}

extension FailureCause {
  /// Whether it says anything about what it does not blame.
  fileprivate var provesAnAnswer: Bool {
    switch self {
    case .connect, .unusable, .cancelled, .deadline, .defect: false
    default: true
    }
  }
}
