/// Decides what follows each failed attempt at one target: tell it what failed, and do what it says.
///
/// | what failed | what follows | how often |
/// |---|---|---|
/// | a token was refused, and the upstream names a scope | a token of that scope | once |
/// | a token was refused | a new token | once |
/// | an amendment is offered | the amended request | each once, 4 in all |
/// | state may not be readable yet | a wait, then the same request | the 8 of ``RaceLadder`` |
/// | all else | nothing | |
///
/// The first row that applies counts. Nothing follows at the deadline or after it, nor where a wait
/// would reach it. A call so has at most ``attemptLimit`` attempts at one target.
package struct Recovery: Sendable {
  /// What to do after a failed attempt.
  package enum Action: Sendable, Hashable {
    /// Give up.
    case fail(Verdict)
    /// Have the token renewed, then send the same request.
    case refreshToken
    /// Use a token of this scope, then send the same request.
    case useScope(String)
    /// Prepare the request with this amendment and send that.
    ///
    /// Where it changes nothing, call ``Recovery/amendmentChangedNothing(at:random:)`` instead.
    case amend(String)
    /// Wait, then send the same request.
    case wait(Duration)
  }

  /// What a failure has turned out to be.
  package enum Verdict: Sendable, Hashable {
    /// What the transport says.
    case asReported
    /// Stored state is not readable yet.
    case stateNotReady
    /// Stored state is older than any lag, and so is gone.
    case stateLost
  }

  /// The most amended attempts of a call.
  package static let amendmentLimit = 4
  /// The most attempts of a call: the first, one for each action that may follow.
  package static let attemptLimit = 3 + amendmentLimit + RaceLadder.steps.count

  /// The waits that were taken.
  package private(set) var ladder = RaceLadder()

  private let deadline: Duration?
  private var knownAmendments: Set<String>
  private var amendedAttempts = 0
  private var hasRefreshed = false
  private var hasChangedScope = false
  /// The failure whose amendment is being tried.
  private var amended: FailedAttempt?

  /// Begins a call.
  ///
  /// - Parameters:
  ///   - amendments: Those that the first attempt was made with: they are not tried again.
  ///   - deadline: When the call must have ended, as the time since it began; nil: never.
  package init(amendments: [String] = [], deadline: Duration?) {
    knownAmendments = Set(amendments)
    self.deadline = deadline
  }

  /// Takes in that an attempt failed.
  ///
  /// - Parameters:
  ///   - failure: What it failed with.
  ///   - now: The time since the call began.
  ///   - random: Between 0 and 1, for the length of a wait.
  /// - Returns: What to do.
  package mutating func attemptFailed(
    _ failure: FailedAttempt, at now: Duration, random: Double
  ) -> Action {
    amended = nil
    if let deadline, now >= deadline { return .fail(failure.verdict) }
    return renewal(failure) ?? amendment(failure) ?? wait(failure, at: now, random: random)
  }

  /// Takes in that the last action's amendment left the request as it was, so that nothing was sent.
  ///
  /// - Parameters:
  ///   - now: The time since the call began.
  ///   - random: Between 0 and 1, for the length of a wait.
  /// - Returns: The next best.
  package mutating func amendmentChangedNothing(at now: Duration, random: Double) -> Action {
    guard let failure = amended else { return .fail(.asReported) }
    amended = nil
    amendedAttempts -= 1
    return wait(failure, at: now, random: random)
  }
}

// MARK: - The rows

extension Recovery {
  private mutating func renewal(_ failure: FailedAttempt) -> Action? {
    guard failure.cause == .credentialRefused, case .token(let scope) = failure.credential else {
      return nil
    }
    if !failure.tokenScope.isEmpty, failure.tokenScope != scope, !hasChangedScope {
      hasChangedScope = true
      return .useScope(failure.tokenScope)
    }
    guard !hasRefreshed else { return nil }
    hasRefreshed = true
    return .refreshToken
  }

  private mutating func amendment(_ failure: FailedAttempt) -> Action? {
    guard !failure.amendment.isEmpty, amendedAttempts < Self.amendmentLimit,
      knownAmendments.insert(failure.amendment).inserted
    else { return nil }
    amendedAttempts += 1
    amended = failure
    return .amend(failure.amendment)
  }

  private mutating func wait(
    _ failure: FailedAttempt, at now: Duration, random: Double
  ) -> Action {
    guard failure.mayBecomeReadable,
      let wait = ladder.next(
        at: now, deadline: deadline, retryAfter: failure.retryAfter, random: random)
    else { return .fail(failure.verdict) }
    return .wait(wait)
  }
}

extension FailedAttempt {
  fileprivate var verdict: Recovery.Verdict {
    guard cause == .stateNotReady else { return .asReported }
    return switch stateAge {
    case .known(let age): age < stateLag ? .stateNotReady : .stateLost
    case .deleted: .stateLost
    case .unknown, .unnamed: .stateNotReady
    }
  }

  /// Whether waiting may help.
  fileprivate var mayBecomeReadable: Bool {
    guard cause == .stateNotReady else { return false }
    switch stateAge {
    case .known(let age): return age < stateLag
    case .deleted: return false
    // Somebody else may have made it just now; but who asks for one thing can ask again.
    case .unknown: return reference == .body && stateLag > .zero
    case .unnamed: return reference == .body
    }
  }
}
