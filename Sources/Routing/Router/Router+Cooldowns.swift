extension Router {
  /// The most scopes whose failures are counted; beyond it those are forgotten that are not left alone,
  /// and then the one for which that is over first.
  ///
  /// Our choice: clients can make up names of models without end where a pattern takes them.
  static let cooldownLimit = 4096

  /// Begins an attempt in the eyes of everything it may blame.
  ///
  /// - Returns: The places in ``TargetScopes`` that its end tells about, one bit each.
  mutating func beginProbes(_ target: RouteTarget, at now: Duration) -> UInt8 {
    guard open.bits & target.scopes.bits != 0 else { return 0 }
    var probes: UInt8 = 0
    for place in TargetScopes.places {
      let key = target.scopes[place]
      guard open.mayContain(key), let wasOpen = cooldowns[key].map({ $0.end != nil })
      else { continue }
      let isProbe = cooldowns[key]?.begin(at: now, probes: target.rules.cooldown.probes) ?? false
      if isProbe { probes |= 1 << UInt8(place) }
      if wasOpen, cooldowns[key]?.end == nil { closed(key, at: now) }
    }
    return probes
  }

  mutating func succeed(
    _ key: ScopeKey, _ attempt: Cooldown.Attempt, isWhole: Bool, at now: Duration
  ) {
    guard attempt.isProbe || blamed.mayContain(key), let place = cooldowns.index(forKey: key)
    else { return }
    let wasIdle = cooldowns.values[place].isIdle
    if cooldowns.values[place].succeed(attempt, isWhole: isWhole) {
      closed(key, at: now)
    } else if !wasIdle, cooldowns.values[place].isIdle {
      tidy(key)
    }
  }

  mutating func abandon(_ key: ScopeKey, _ attempt: Cooldown.Attempt) {
    guard attempt.isProbe else { return }
    cooldowns[key]?.abandon(attempt)
  }

  mutating func fail(
    _ key: ScopeKey, _ attempt: Cooldown.Attempt, at now: Duration, _ failure: CallFailure,
    _ policy: CooldownPolicy
  ) {
    makeRoom(for: key, at: now)
    let isQuota = failure.cause == .quota
    var policy = policy
    // It is gone at once, and for as long as the upstream says.
    if isQuota { policy.failures = 1 }
    let stated = failure.retryAfter.map {
      Cooldown.Stated(end: now + (isQuota ? $0 : min($0, policy.maximum)), needsProbe: isQuota)
    }
    blamed.insert(key)
    let isNew = cooldowns[key, default: Cooldown()].fail(
      attempt, at: now, stated: stated, policy, opened: openings + 1)
    guard isNew, let end = cooldowns[key]?.end else { return }
    openings += 1
    open.insert(key)
    note(Transition(time: now, key: key, end: end))
  }

  private mutating func closed(_ key: ScopeKey, at now: Duration) {
    tidy(key)
    releases += 1
    note(Transition(time: now, key: key, end: nil))
  }

  private mutating func tidy(_ key: ScopeKey) {
    if cooldowns[key]?.isForgettable ?? false { cooldowns[key] = nil }
    renewFilters()
  }

  private mutating func renewFilters() {
    open.removeAll()
    blamed.removeAll()
    for (key, cooldown) in cooldowns where !cooldown.isIdle {
      blamed.insert(key)
      if cooldown.end != nil { open.insert(key) }
    }
  }

  private mutating func makeRoom(for key: ScopeKey, at now: Duration) {
    guard cooldowns.count >= Self.cooldownLimit, cooldowns[key] == nil else { return }
    // Attempts under way come back to where they are counted.
    cooldowns = cooldowns.filter { $0.value.end != nil || $0.value.probes > 0 }
    while cooldowns.count >= Self.cooldownLimit {
      let idle = cooldowns.lazy.filter { $0.value.probes == 0 }
      guard let first = idle.min(by: { $0.value.end ?? .zero < $1.value.end ?? .zero }) else {
        break
      }
      cooldowns[first.key] = nil
      note(Transition(time: now, key: first.key, end: nil))
    }
    renewFilters()
  }

  private mutating func note(_ transition: Transition) {
    if recordsTransitions { transitions.append(transition) }
  }
}
