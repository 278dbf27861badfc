/// What is known of one token: a machine that is told what happened and says what to do.
///
/// At most one run asks the source at a time. After a failure the source is left alone for a while;
/// a token that is still good serves meanwhile.
struct TokenSlot: Sendable {
  /// What a caller does.
  enum Answer: Sendable {
    /// Takes the token.
    case use(HeldToken)
    /// Takes the token, and starts a run that nobody waits for.
    case useAndRenew(HeldToken)
    /// Starts a run and waits for it.
    case run
    /// Waits for the run that is under way.
    case wait
    /// Gives up: the source failed a moment ago.
    case fail(CallError)
  }

  private struct Failure: Sendable {
    let error: CallError
    let count: Int
    let until: Duration
  }

  private var held: HeldToken?
  private var isRunning = false
  private var failure: Failure?
  private var count = 0
  /// The highest number that was refused.
  private var refused = 0

  /// A caller wants a token.
  ///
  /// - Parameters:
  ///   - now: The host's clock.
  ///   - refused: The number of the token that was refused to this caller; nil: none.
  /// - Returns: What it does.
  mutating func asked(at now: Duration, refused: Int? = nil) -> Answer {
    if let refused, let held, held.number == refused, isWorthReplacing(held, at: now) {
      self.refused = max(self.refused, refused)
    }
    if let held, held.number > self.refused, now < held.end {
      guard now >= held.renewal, !isRunning, !isBackingOff(at: now) else { return .use(held) }
      isRunning = true
      return .useAndRenew(held)
    }
    if isRunning { return .wait }
    if let failure, now < failure.until { return .fail(failure.error) }
    isRunning = true
    return .run
  }

  /// The run gave a token; `jitter` is random, from 0 to 1.
  mutating func obtained(_ token: IssuedToken, at now: Duration, jitter: Double) -> HeldToken {
    let isForced = held.map { $0.number <= refused } ?? false
    count += 1
    let new = HeldToken(token, number: count, at: now, jitter: jitter, isForced: isForced)
    (held, failure, isRunning) = (new, nil, false)
    return new
  }

  /// The run failed: the source is left alone for 1, 2, 4, 8, 16, 32 and then 60 seconds, or for as
  /// long as it asks, at most ten minutes.
  mutating func failed(_ error: CallError, at now: Duration) {
    let failures = (failure?.count ?? 0) + 1
    let pause = min(Duration.seconds(1 << min(failures - 1, 6)), .seconds(60))
    let asked = min(error.retryAfter ?? .zero, .seconds(600))
    failure = Failure(error: error, count: failures, until: now + max(pause, asked))
    isRunning = false
  }

  /// The run was ended since nobody waited for it any more.
  mutating func cancelled() { isRunning = false }

  private func isBackingOff(at now: Duration) -> Bool { failure.map { now < $0.until } ?? false }

  /// Whether a new token is likely to fare better than a refused one.
  ///
  /// A token that replaced a refused one a moment ago and is refused too is not to blame.
  private func isWorthReplacing(_ held: HeldToken, at now: Duration) -> Bool {
    !held.isForced || now - held.obtained >= .seconds(30)
  }
}
