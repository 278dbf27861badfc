extension CallMachine {
  /// What waits for stored state were taken at the target that was asked last.
  package var ladder: RaceLadder { progress.last?.recovery?.ladder ?? RaceLadder() }

  /// Does what may mend a failure, or else holds it against what it blames.
  mutating func follow(
    _ next: Recovery.Action, _ failure: CallFailure, router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .asking(var lease) = state else { return .fail(.failed(.asReported)) }
    switch next {
    case .fail(let verdict):
      return blame(failure, verdict, router: &router, at: now, random: &random)
    case .refreshToken, .useScope, .amend:
      state = .mending(lease, failure)
      return .mend(next)
    case .wait(let wait):
      // The upstream is sound: what is stored there is young.
      router.failed(&lease, failure, at: now)
      router.end(lease, at: now)
      progress[progress.count - 1].isMended = true
      state = .pausing(then: progress.last?.place)
      return .wait(CallPause(length: wait, purpose: .storedState))
    }
  }

  /// Ends an attempt that nothing mends, and goes on to whoever may be asked next.
  mutating func blame(
    _ failure: CallFailure, _ verdict: Recovery.Verdict, router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .asking(var lease) = state, let place = progress.last?.place else {
      return .fail(.failed(.asReported))
    }
    router.failed(&lease, failure, at: now)
    router.end(lease, at: now)
    guard isBeforeDeadline(now) else { return end(verdict) }
    if isCommitted {
      return resume(after: failure, verdict, router: &router, at: now, random: &random)
    }
    // What may have been done must not be done again where that shows.
    guard traits.isRepeatable || !failure.mayBeDone else { return end(verdict) }
    if let pause = retry(failure, router: &router, at: now, random: &random) {
      state = .pausing(then: place)
      return .wait(pause)
    }
    visits[place.visit].tried.insert(place.index)
    if let cause = failure.cause.fallback, cause != .any {
      guard close(place.visit, for: cause) else { return end(verdict) }
    } else if !failure.cause.mayMove(blaming: failure.scope) {
      return end(verdict)
    }
    return choose(router: &router, at: now, random: &random)
  }

  /// The wait before the same target is asked again; nil: it is not.
  private mutating func retry(
    _ failure: CallFailure, router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> CallPause? {
    guard let current = progress.last else { return nil }
    let target = target(current.place)
    let rules = target.rules.retry
    guard current.retries < mostRetries(at: target), rules.mayRetry(failure) else { return nil }
    // What is left alone is not retried, unless the upstream said when to come back.
    if let cooling = router.cooling(target, at: now), !cooling.isStated { return nil }
    let pause = pause(
      before: current.retries + 1, of: failure, at: target, router: &router, at: now,
      random: &random)
    guard let pause else { return nil }
    progress[progress.count - 1].retries += 1
    progress[progress.count - 1].isMended = false
    return pause
  }

  /// Goes on with an answer that broke, or ends with it: nobody else knows the rest.
  private mutating func resume(
    after failure: CallFailure, _ verdict: Recovery.Verdict, router: inout Router,
    at now: Duration, random: inout some RandomNumberGenerator
  ) -> Action {
    guard let place = progress.last?.place else { return end(verdict) }
    let target = target(place)
    guard resumptions < mostRetries(at: target), target.rules.retry.mayResume(after: failure),
      let pause = pause(
        before: resumptions + 1, of: failure, at: target, router: &router, at: now,
        random: &random)
    else { return end(verdict) }
    resumptions += 1
    state = .pausing(then: place)
    return .wait(pause)
  }

  /// The wait before a target is asked again: as long as the upstream asked for, where that is soon
  /// enough, and the budget of its provider has a retry left.
  private func pause(
    before retry: Int, of failure: CallFailure, at target: RouteTarget, router: inout Router,
    at now: Duration, random: inout some RandomNumberGenerator
  ) -> CallPause? {
    let rules = target.rules.retry
    let hint = failure.retryAfter ?? .zero
    let draw = Double.random(in: 0..<1, using: &random)
    let backoff = rules.backoff.wait(beforeRetry: retry, random: draw)
    let stated =
      hint > .zero
      ? spread(hint, before: target, until: now + rules.longestHint, at: now, random: draw) : .zero
    let length = max(backoff, stated)
    guard hint <= rules.longestHint, isBeforeDeadline(now + length),
      router.budgets[target.budget].withdraw(at: now)
    else { return nil }
    let isStated = stated > .zero && stated >= backoff
    return CallPause(length: length, purpose: isStated ? .retryAfter : .backoff)
  }

  func mostRetries(at target: RouteTarget) -> Int {
    min(target.rules.retry.maxRetries, bounds.maxRetries ?? .max)
  }

  func isBeforeDeadline(_ instant: Duration) -> Bool {
    bounds.deadline.map { instant < $0 } ?? true
  }

  /// Ends with the last failure; without one the deadline came first.
  mutating func end(_ verdict: Recovery.Verdict = .asReported) -> Action {
    state = .ended
    if lastFailure == nil { lastFailure = CallFailure(.deadline, blaming: .request) }
    return .fail(.failed(verdict))
  }
}
