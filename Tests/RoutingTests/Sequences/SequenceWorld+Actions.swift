@testable import Routing

// What each action is held against.
extension SequenceWorld {
  mutating func breachOfSending(
    _ step: CallStep, of index: Int, _ before: SequenceCall
  ) -> String? {
    let place = SequenceCall.Place(step)
    let target = step.target
    if before.isEnded { return "sent after its end" }
    if let deadline = before.bounds.deadline, now >= deadline { return "sent at the deadline" }
    if let committed = before.committed, place != committed { return "moved an answer" }
    if step.plan !== before.plan, !before.bounds.allowsFallbacks { return "an unwanted fallback" }
    if !target.isUsable { return "asked who cannot be" }
    calls[index].attempts += 1
    calls[index].patience = nil
    if !before.counts.keys.contains(where: { self.target($0).budget == target.budget }) {
      ledger.allow(target)
    }
    return count(step, of: index, before) ?? breachOfState(step, of: index)
      ?? breachOfCooling(step, before) ?? breachOfReason(step, before)
      ?? ledger.breach(
        ofLimitsBy: target, tokens: before.traits.tokens, call: index, attempt: step.attempt,
        at: now)
  }

  private mutating func count(
    _ step: CallStep, of index: Int, _ before: SequenceCall
  ) -> String? {
    let place = SequenceCall.Place(step)
    var count = before.counts[place] ?? SequenceCall.Count()
    let most = mostRetries(at: step.target, before)
    switch step.reason {
    case .retry(let retry, let of):
      count.retries += 1
      guard count.entries == 1, retry == count.retries, of == most, retry <= most else {
        return "\(count) for retry \(retry) of \(of)"
      }
    case .mended:
      count.mended += 1
      guard count.entries == 1, count.mended < Recovery.attemptLimit else { return "\(count)" }
    case .resumed:
      calls[index].resumptions += 1
      guard before.committed != nil, before.resumptions < most else { return "resumed too often" }
    default:
      count.entries += 1
      guard count.entries == 1 else { return "asked a target anew" }
    }
    calls[index].counts[place] = count
    let visited = before.bounds.allowsFallbacks ? plans.plans : [before.plan]
    let attempts = calls[index].attempts
    guard attempts <= CallMachine.attemptLimit(visited), step.attempt == attempts,
      calls[index].machine.attempts == attempts
    else { return "\(attempts) attempts, said to be \(step.attempt)" }
    return nil
  }

  /// State stays where it can be read, or does not go along.
  private mutating func breachOfState(_ step: CallStep, of index: Int) -> String? {
    let call = calls[index]
    guard let home = call.traits.home else {
      return step.treatment == .kept ? nil : "treated what there is not"
    }
    if step.treatment == .kept {
      guard !call.hasLetGo else { return "took back what it let go of" }
      return home.boundary == step.target.boundary ? nil : "state crosses a boundary"
    }
    calls[index].hasLetGo = true
    let allowed: CallStep.StateTreatment? =
      switch (call.plan.whenLost, home.isChain) {
      case (.error, _), (.stripReasoning, true): nil
      case (.stripReasoning, false), (.replay, false): .stripped
      case (.replay, true): call.traits.isReplayable ? .replayed : nil
      }
    return step.treatment == allowed ? nil : "\(step.treatment) in place of \(allowed as Any)"
  }

  /// Who is left alone is asked as a last resort, or for what nobody else can give.
  private func breachOfCooling(_ step: CallStep, _ before: SequenceCall) -> String? {
    let ends = FailureScope.allCases.compactMap { step.target.scopes.key($0) }.compactMap {
      ledger.ends[$0]
    }
    switch step.reason {
    case .lastResort: return before.attempts == 0 && !ends.isEmpty ? nil : "no last resort"
    case .mended, .resumed: return nil
    default:
      if ends.contains(where: { $0 > now }) { return "asked who is left alone" }
      return ends.isEmpty != step.isProbe ? nil : "a probe without need, or none"
    }
  }

  private func breachOfReason(_ step: CallStep, _ before: SequenceCall) -> String? {
    guard case .fallback(let name, let cause) = step.reason else { return nil }
    guard let origin = plans.plan(named: name),
      origin.fallbacks[cause].contains(where: { plans.plan(named: $0) === step.plan })
    else { return "a fallback of nobody" }
    let hasFailed = before.failures.contains { $0.failure.cause.fallback == cause }
    // The event that led here may be the failure itself.
    let failsNow = before.machine.lastFailure?.cause.fallback == cause || cause == .any
    return hasFailed || failsNow || before.attempt != nil ? nil : "a fallback for \(cause)"
  }

  mutating func breachOfWaiting(
    _ pause: CallPause, of index: Int, _ told: (step: CallStep, failure: CallFailure)?
  ) -> String? {
    let call = calls[index]
    if pause.length < .zero { return "a wait into the past" }
    if let deadline = call.bounds.deadline, now + pause.length >= deadline {
      return "a wait for \(pause.length) that reaches the deadline"
    }
    switch pause.purpose {
    case .storedState:
      let isYoung = told?.failure.mending?.cause == .stateNotReady
      return isYoung && pause.length <= .seconds(60) ? nil : "a wait for no state"
    case .backoff: return breachOfRetrying(pause, call, told)
    case .retryAfter where told?.failure.retryAfter ?? .zero > .zero:
      return breachOfRetrying(pause, call, told)
    case .retryAfter, .capacity:
      let start = call.patience ?? now
      calls[index].patience = start
      let longest = plans.pool.map(\.rules.retry.longestHint).max() ?? .zero
      // Who was asked is waited for again where a neighbour was told to come back later still.
      let isFirst = call.attempts == 0 || told == nil
      guard pause.purpose == .capacity || isFirst else { return "waits for who was asked" }
      return now + pause.length <= start + longest ? nil : "waits without an end"
    }
  }

  private mutating func breachOfRetrying(
    _ pause: CallPause, _ call: SequenceCall, _ told: (step: CallStep, failure: CallFailure)?
  ) -> String? {
    guard let (step, failure) = told else { return "a retry of nothing" }
    let retry = step.target.rules.retry
    let hint = failure.retryAfter ?? .zero
    if hint > retry.longestHint { return "waits longer than an upstream may ask" }
    let spread = retry.backoff.hasJitter ? max(hint / 10, retry.backoff.initial) : .zero
    let isStated = pause.purpose == .retryAfter
    let most = isStated ? min(hint + spread, retry.longestHint) : retry.backoff.maximum
    if pause.length < hint || pause.length > most { return "waits \(pause.length)" }
    let isOnItsWay = [
      FailureCause.connect, .firstEvent, .idle, .attempt, .stream, .rateLimit, .overload, .upstream,
    ].contains(failure.cause)
    let isRefusal = failure.cause == .request && call.committed == nil
    guard isOnItsWay || isRefusal else { return "a retry of \(failure.cause)" }
    return ledger.breach(ofBudgetOf: step.target, at: now)
  }

  func breachOfEnding(
    _ ending: CallEnding, of index: Int, _ told: (step: CallStep, failure: CallFailure)?
  ) -> String? {
    let call = calls[index]
    guard call.machine.isEnded else { return "ended and did not" }
    if case .failed = ending {
      guard let last = call.machine.lastFailure else { return "failed with nothing" }
      let isLate = call.bounds.deadline.map { now >= $0 } ?? false
      if call.attempts == 0 { return isLate && last.cause == .deadline ? nil : "failed unasked" }
      return isLate || call.committed != nil ? nil : breachOfGivingUp(call, told)
    }
    guard call.attempts == 0 else { return "\(ending) after \(call.attempts) attempts" }
    let reachable = call.plan.targets.filter { target in
      target.isUsable && (call.traits.home.map { $0.boundary == target.boundary } ?? true)
    }
    if case .full = ending { return nil }
    return reachable.isEmpty ? nil : "\(ending) although somebody can be asked"
  }

  /// Nobody gives up whose failure may be moved while another target of the model is free.
  private func breachOfGivingUp(
    _ call: SequenceCall, _ told: (step: CallStep, failure: CallFailure)?
  ) -> String? {
    let isClosed = call.failures.contains {
      $0.step.plan === call.plan && [.contextWindow, .contentFilter].contains($0.failure.cause)
    }
    guard let failure = told?.failure, !isClosed, failure.cause.mayMove(blaming: failure.scope),
      call.traits.isRepeatable || !failure.mayBeDone
    else { return nil }
    let free = call.plan.targets.indices.first { index in
      call.counts[SequenceCall.Place(call.plan, index)] == nil
        && router.standing(of: call.plan.targets[index], for: call.traits, at: now) == .free
    }
    return free.map { "gave up although target \($0) is free" }
  }

  private func mostRetries(at target: RouteTarget, _ call: SequenceCall) -> Int {
    min(target.rules.retry.maxRetries, call.bounds.maxRetries ?? .max)
  }

  private func target(_ place: SequenceCall.Place) -> RouteTarget {
    let plan = plans.plans.first { ObjectIdentifier($0) == place.plan }
    return (plan ?? plans.plans[0]).targets[place.index]
  }
}
