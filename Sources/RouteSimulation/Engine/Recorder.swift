internal import Routing

/// Writes down what happens in a simulation.
struct Recorder: Sendable {
  private let table: TargetTable
  private(set) var records: [CallRecord?] = []
  private(set) var targets: [TargetTally]
  private(set) var reasons: [AttemptReason: Int] = [:]
  private(set) var waits: [CallPause.Purpose: WaitTally] = [:]
  private(set) var changes: [CooldownChange] = []
  /// The call whose client waited longest.
  private(set) var worst: (story: CallStory, latency: Duration)?
  private(set) var end = Duration.zero
  /// Where in ``changes`` each open cooldown was opened or probed last.
  private var lastChange: [ScopeKey: Int] = [:]
  /// Whether something was closed since somebody asked.
  private var hasClosed = false
  /// What the attempt failed with that transitions follow from.
  private var failure: SimulatedFailure?

  init(_ table: TargetTable) {
    self.table = table
    targets = table.targets.map { _ in TargetTally() }
  }

  mutating func began(_ target: Int, _ reason: CallStep.Reason) {
    reasons[AttemptReason(reason), default: 0] += 1
    targets[target].begin()
  }

  mutating func answered(_ attempt: LiveCall.Attempt, at now: Duration, call: Int) {
    targets[attempt.target].firstEvents.append(now - attempt.began)
    if attempt.isProbe { probed(attempt, nil, at: now, call: call) }
  }

  mutating func failed(
    _ attempt: LiveCall.Attempt, _ failure: SimulatedFailure, at now: Duration, call: Int
  ) {
    self.failure = failure
    targets[attempt.target].end(failure.code)
    if attempt.isProbe { probed(attempt, failure.code, at: now, call: call) }
  }

  /// Takes in that an answer is over.
  mutating func finished(
    _ attempt: LiveCall.Attempt, _ failure: SimulatedFailure?, at now: Duration
  ) {
    self.failure = failure
    targets[attempt.target].end(failure?.code)
    end = max(end, now)
  }

  mutating func waited(_ purpose: CallPause.Purpose, _ length: Duration) {
    waits[purpose, default: WaitTally()].add(length)
  }

  mutating func ended(_ story: CallStory, _ ending: CallRecord.Ending, latency: Duration) {
    while records.count < story.number { records.append(nil) }
    records[story.number - 1] = CallRecord(
      arrived: story.arrived, latency: latency, ending: ending)
    if case .served(let target) = ending { targets[target].served += 1 }
    // Of two that waited alike, the earlier one.
    if worst.map({ ($0.latency, -$0.story.number) < (latency, -story.number) }) ?? true {
      worst = (story, latency)
    }
    end = max(end, story.arrived + latency)
  }
}

// MARK: - What is left alone

extension Recorder {
  /// Takes the router's changes since the last call.
  mutating func takeTransitions(_ router: inout Router, at now: Duration) {
    for transition in router.takeTransitions() {
      guard let end = transition.end else {
        lastChange[transition.key] = nil
        append(.closed, transition.key, at: now)
        hasClosed = true
        continue
      }
      opened(transition.key, until: end, at: now)
    }
  }

  /// Whether a cooldown was over since the last time that this was asked.
  mutating func takeClosed() -> Bool {
    defer { hasClosed = false }
    return hasClosed
  }

  private mutating func opened(_ key: ScopeKey, until end: Duration, at now: Duration) {
    guard let failure else { return }
    if let last = lastChange[key], case .opened(var opening) = changes[last].kind,
      opening.isStated, now <= opening.until
    {
      opening.until = end
      opening.extensions += 1
      changes[last].kind = .opened(opening)
      return
    }
    let isStated = failure.failure.retryAfter != nil && failure.failure.cause != .quota
    for target in table.scopes[key]?.targets ?? [] { targets[target].openings += 1 }
    append(
      .opened(CooldownChange.Opening(until: end, isStated: isStated, cause: failure.code)), key,
      at: now)
    lastChange[key] = changes.count - 1
  }

  private mutating func probed(
    _ attempt: LiveCall.Attempt, _ failure: FailureCode?, at now: Duration, call: Int
  ) {
    targets[attempt.target].probes += 1
    for key in table.keys[attempt.target] where lastChange[key] != nil {
      append(.probed(by: call, target: attempt.target, failure), key, at: now)
      lastChange[key] = changes.count - 1
    }
  }

  private mutating func append(_ kind: CooldownChange.Kind, _ key: ScopeKey, at now: Duration) {
    guard let scope = table.scopes[key] else { return }
    changes.append(
      CooldownChange(
        time: now, scope: scope.scope, name: scope.name, targets: scope.targets, kind: kind))
  }
}
