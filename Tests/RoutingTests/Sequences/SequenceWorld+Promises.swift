@testable import Routing

// What every event is held against.
extension SequenceWorld {
  mutating func check(
    _ event: SequenceCall.Event, _ action: CallMachine.Action?, of index: Int,
    _ before: SequenceCall
  ) {
    let told = toldFailure(event, action, before)
    if let told { note(told, of: index) }
    let begun: CallStep? = if case .send(let step) = action { step } else { nil }
    var answered: CallStep?
    if case .answered = event { answered = before.attempt }
    let transitions = takeTransitions()
    // What has changed shows at once, what must not have within a few events.
    let mustLook = !transitions.isEmpty || events % 4 == 0
    breach =
      ledger.breach(
        of: transitions, told: told, answered: answered, begun: begun, sent: before.sent, at: now)
      ?? ledger.breach(ofNotClosing: told, answered, sent: before.sent)
    if case .finished(_, let tokens?) = event, let step = before.attempt {
      ledger.correct(step, of: index, from: before.traits.tokens, to: tokens, at: now)
    }
    breach =
      breach ?? breachOfRepeating(event, action, before) ?? breachOfAction(
        action, of: index, before, told) ?? breachOfCounts
      ?? (mustLook ? breachOfStandings : nil)
  }

  /// The failure that was told of an attempt which ended so; while it may be mended nobody is blamed.
  private func toldFailure(
    _ event: SequenceCall.Event, _ action: CallMachine.Action?, _ before: SequenceCall
  ) -> (step: CallStep, failure: CallFailure)? {
    if case .mend = action { return nil }
    guard let step = before.attempt else { return nil }
    switch event {
    case .failed(let failure), .broke(let failure), .finished(let failure?, _):
      return (step, failure)
    case .mendedNothing: return before.pending.map { (step, $0) }
    default: return nil
    }
  }

  private mutating func note(_ told: (step: CallStep, failure: CallFailure), of index: Int) {
    calls[index].failures.append(told)
  }

  private mutating func breachOfAction(
    _ action: CallMachine.Action?, of index: Int, _ before: SequenceCall,
    _ told: (step: CallStep, failure: CallFailure)?
  ) -> String? {
    switch action {
    case .send(let step): breachOfSending(step, of: index, before)
    case .wait(let pause): breachOfWaiting(pause, of: index, told)
    case .fail(let ending): breachOfEnding(ending, of: index, told)
    case .mend, nil: nil
    }
  }

  /// What may have been done is not done again where that shows.
  private func breachOfRepeating(
    _ event: SequenceCall.Event, _ action: CallMachine.Action?, _ before: SequenceCall
  ) -> String? {
    guard case .failed(let failure) = event, failure.mayBeDone, !before.traits.isRepeatable,
      before.committed == nil
    else { return nil }
    if case .fail = action { return nil }
    return "does again what may be done"
  }

  /// Attempts under way and probes, counted anew.
  private var breachOfCounts: String? {
    for target in plans.pool {
      let running = calls.count { $0.attempt?.target.load == target.load }
      guard router.running(at: target) == running else {
        return "\(router.running(at: target)) attempts counted, \(running) under way"
      }
      if let most = target.limits.concurrency, running > most { return "\(running) of \(most)" }
    }
    let probing = calls.count(where: \.isProbing)
    let probes = router.cooldowns.values.map(\.probes)
    let sum = probes.reduce(0, +)
    guard probes.allSatisfy({ (0...3).contains($0) }), sum >= probing, sum <= 4 * probing else {
      return "\(probes) probes counted, \(probing) attempts find out"
    }
    return nil
  }

  /// Whether the targets stand as the told cooldowns say.
  private var breachOfStandings: String? {
    for target in plans.pool {
      let scopes = FailureScope.allCases.compactMap { target.scopes.key($0) }
      let ends = scopes.compactMap { ledger.ends[$0] }
      let mustCool = target.isUsable && ends.contains { $0 > now }
      switch router.standing(of: target, for: CallTraits(), at: now) {
      case .cooling(let scope, let remaining, _):
        let end = target.scopes.key(scope).flatMap { ledger.ends[$0] }
        guard let end, remaining == max(end - now, .zero) else { return "cools without a reason" }
      case .unusable where !target.isUsable: break
      case .free where !mustCool, .full where !mustCool: break
      case let standing: return "stands \(standing) with \(ends) at \(now)"
      }
    }
    return nil
  }
}

extension SequenceCall {
  /// What is being mended.
  fileprivate var pending: CallFailure? { machine.lastFailure }
}
