@testable import Routing

/// What targets were given and what failures blamed, seen from outside: a naive model beside the router.
struct TargetLedger {
  /// Something counted against limits.
  private struct Entry {
    let call: Int
    let attempt: Int
    let time: Duration
    var tokens: Int
  }

  private var requests: [Int: [Entry]] = [:]
  private var excesses: [Int: [Entry]] = [:]
  /// Until when scopes are left alone, as the router told it.
  private(set) var ends: [ScopeKey: Duration] = [:]
  /// When they were.
  private var openings: [ScopeKey: Duration] = [:]
  private var failures: [ScopeKey: [Duration]] = [:]
  /// Retries of providers, and the most that they may have had.
  private var retries: [Int: (taken: Int, allowed: Double)] = [:]

  /// What is wrong with one more attempt at a target, by its limits.
  mutating func breach(
    ofLimitsBy target: RouteTarget, tokens: Int, call: Int, attempt: Int, at now: Duration
  ) -> String? {
    defer {
      requests[target.load, default: []].append(
        Entry(call: call, attempt: attempt, time: now, tokens: tokens))
    }
    requests[target.load]?.removeAll { now - $0.time >= .seconds(60) }
    excesses[target.load]?.removeAll { now - $0.time >= .seconds(60) }
    let counted = requests[target.load] ?? []
    if let most = target.limits.requestsPerMinute, counted.count >= most {
      return "\(counted.count + 1) requests in 60 s of \(most)"
    }
    guard let most = target.limits.tokensPerMinute else { return nil }
    let sum = (counted + (excesses[target.load] ?? [])).reduce(0) { $0 + $1.tokens }
    return sum + min(tokens, most) > most ? "\(sum) and \(tokens) tokens in 60 s of \(most)" : nil
  }

  /// Takes in how many tokens an attempt took.
  mutating func correct(_ step: CallStep, of call: Int, from: Int, to tokens: Int, at now: Duration)
  {
    let load = step.target.load
    if tokens > from {
      excesses[load, default: []].append(
        Entry(call: call, attempt: step.attempt, time: now, tokens: tokens - from))
    } else if let place = requests[load]?.firstIndex(where: {
      $0.call == call && $0.attempt == step.attempt
    }) {
      requests[load]?[place].tokens = tokens
    }
  }

  /// Takes in a call's first attempt at a provider.
  mutating func allow(_ target: RouteTarget) {
    retries[target.budget, default: (0, 0)].allowed += target.rules.retry.budget
  }

  /// Takes in that a target will be asked again.
  mutating func breach(ofBudgetOf target: RouteTarget, at now: Duration) -> String? {
    retries[target.budget, default: (0, 0)].taken += 1
    let (taken, allowed) = retries[target.budget] ?? (0, 0)
    let most = 10 + allowed + now / .seconds(1) + 0.001
    return Double(taken) > most ? "\(taken) retries of \(most)" : nil
  }

  // MARK: - Cooldowns

  /// What is wrong with how the router's cooldowns changed, after a failure was told, somebody answered
  /// or somebody is asked now.
  mutating func breach(
    of transitions: [Router.Transition], told: (step: CallStep, failure: CallFailure)?,
    answered: CallStep?, begun: CallStep?, sent: Duration, at now: Duration
  ) -> String? {
    let blamed = told.flatMap { key(of: $0.failure, $0.step.target) }
    let wasOpen = blamed.flatMap { ends[$0] }
    // What was sent before a cooldown says nothing of the time behind it.
    if let blamed, told?.failure.retryAfter ?? .zero <= .zero, sent >= openings[blamed] ?? .zero {
      failures[blamed, default: []].append(now)
    }
    for transition in transitions {
      if let end = transition.end {
        guard let told, transition.key == blamed else { return "a cooldown of who is not blamed" }
        if let breach = breach(ofOpening: transition.key, until: end, told, at: now) {
          return breach
        }
      } else if !mayClose(transition.key, told, answered, begun, at: now) {
        return "a cooldown closed without a reason"
      }
      ends[transition.key] = transition.end
      if transition.end != nil { openings[transition.key] = now }
    }
    return breach(ofNotOpening: blamed, told?.failure, wasOpen, at: now)
  }

  private func breach(
    ofOpening key: ScopeKey, until end: Duration, _ told: (step: CallStep, failure: CallFailure),
    at now: Duration
  ) -> String? {
    let (policy, failure) = (told.step.target.rules.cooldown, told.failure)
    if let hint = failure.retryAfter, hint > .zero {
      let stated = failure.cause == .quota ? hint : min(hint, policy.maximum)
      return end == now + stated ? nil : "a cooldown of \(end - now), not \(stated)"
    }
    guard end > now, end <= now + policy.maximum else { return "a cooldown of \(end - now)" }
    let recent = failures[key]?.filter { now - $0 <= policy.window }.count ?? 0
    let least = failure.cause == .quota ? 1 : policy.failures
    guard told.step.isProbe || recent >= least else {
      return "a cooldown after \(recent) failures of \(least)"
    }
    return nil
  }

  private func breach(
    ofNotOpening key: ScopeKey?, _ failure: CallFailure?, _ wasOpen: Duration?, at now: Duration
  ) -> String? {
    guard let key, let failure else { return nil }
    let isOpen = ends[key].map { $0 > now } ?? false
    if failure.retryAfter ?? .zero > .zero, !isOpen { return "no cooldown as the upstream asked" }
    let isNew = openings[key] == nil
    if failure.cause == .quota, wasOpen == nil, isNew, !isOpen {
      return "no cooldown of a used up quota"
    }
    return nil
  }

  /// What an attempt shows to be sound is left alone no longer, if it was when the attempt was sent.
  func breach(
    ofNotClosing told: (step: CallStep, failure: CallFailure)?, _ answered: CallStep?,
    sent: Duration
  ) -> String? {
    guard let target = told?.step.target ?? answered?.target else { return nil }
    if let cause = told?.failure.cause {
      let mute: [FailureCause] = [.connect, .unusable, .cancelled, .deadline, .defect]
      if mute.contains(cause) { return nil }
    }
    let narrowest = told?.failure.scope ?? .request
    let left = FailureScope.allCases.filter { $0 > narrowest }.first { scope in
      guard let key = target.scopes.key(scope), ends[key] != nil else { return false }
      return openings[key].map { $0 < sent } ?? false
    }
    return left.map { "its \($0) is left alone although it is sound" }
  }

  private func mayClose(
    _ key: ScopeKey, _ told: (step: CallStep, failure: CallFailure)?, _ answered: CallStep?,
    _ begun: CallStep?, at now: Duration
  ) -> Bool {
    let isOver = ends[key].map { now >= $0 } ?? false
    if isOver, let begun, begun.target.scopes.contains(key) { return true }
    if let answered, answered.target.scopes.contains(key) { return true }
    guard let told else { return false }
    return FailureScope.allCases.contains {
      $0 > told.failure.scope && told.step.target.scopes.key($0) == key
    }
  }

  private func key(of failure: CallFailure, _ target: RouteTarget) -> ScopeKey? {
    switch failure.cause {
    case .connect, .firstEvent, .idle, .attempt, .stream, .rateLimit, .quota, .overload,
      .upstream, .credential, .missing:
      target.scopes.key(failure.scope)
    default: nil
    }
  }
}

extension TargetScopes {
  fileprivate func contains(_ key: ScopeKey) -> Bool {
    key == model || key == credential || key == endpoint || key == network
  }
}
