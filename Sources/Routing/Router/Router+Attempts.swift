extension Router {
  /// One attempt at a target, from its beginning to its end.
  struct Lease: Sendable {
    let plan: RoutePlan
    let index: Int
    let began: Duration
    /// How many tokens were counted for it.
    let tokens: Int
    /// Which scopes its end tells about.
    fileprivate var probes: UInt8

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
  ///   - isRetry: Whether the call asked this target before.
  ///   - now: The time.
  /// - Returns: What ends it.
  mutating func begin(
    _ index: Int, of plan: RoutePlan, tokens: Int, isRetry: Bool, at now: Duration
  ) -> Lease {
    let target = plan.targets[index]
    loads[target.load].begin(tokens, target.limits, at: now)
    if !isRetry { budgets[target.budget].add(target.rules.retry.budget, at: now) }
    return Lease(
      plan: plan, index: index, began: now, tokens: tokens,
      probes: beginProbes(target.scopes, at: now))
  }

  /// Takes in that an attempt is being answered: whatever it may blame is sound.
  mutating func answered(_ lease: inout Lease, at now: Duration) {
    loads[lease.target.load].observe(latency: now - lease.began, at: now)
    for (place, key) in lease.target.scopes.all.enumerated() {
      succeed(key, isProbe: lease.isProbe(of: place), at: now)
    }
    lease.probes = 0
  }

  /// Takes in that an attempt failed.
  mutating func failed(_ lease: inout Lease, _ failure: CallFailure, at now: Duration) {
    for (place, scope) in FailureScope.allCases.dropFirst().enumerated() {
      guard let key = lease.target.scopes.key(scope) else { continue }
      let isProbe = lease.isProbe(of: place)
      if scope == failure.scope, failure.cause.cools {
        fail(key, isProbe: isProbe, at: now, failure, lease.target.rules.cooldown)
      } else if scope > failure.scope, failure.cause.provesAnAnswer {
        succeed(key, isProbe: isProbe, at: now)
      } else {
        abandon(key, isProbe: isProbe)
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
    for (place, key) in lease.target.scopes.all.enumerated() {
      abandon(key, isProbe: lease.isProbe(of: place))
    }
    loads[lease.target.load].end()
    guard let tokens else { return }
    loads[lease.target.load].correct(
      tokens: tokens - lease.tokens, begun: lease.began, at: now)
  }
}

extension Router.Lease {
  fileprivate func isProbe(of place: Int) -> Bool { probes & (1 << UInt8(place)) != 0 }
}

extension FailureCause {
  /// Whether it says anything about what it does not blame.
  fileprivate var provesAnAnswer: Bool {
    switch self {
    case .unusable, .cancelled, .deadline, .defect: false
    default: true
    }
  }
}
