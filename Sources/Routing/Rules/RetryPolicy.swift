/// Which failures are tried again at the same target, how often, and how long after.
package struct RetryPolicy: Sendable, Hashable {
  /// Failures that have no status.
  package struct Conditions: OptionSet, Sendable, Hashable {
    /// One bit for each.
    package let rawValue: UInt8

    /// Conditions by their bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// No connection, or none in time.
    package static let connect = Conditions(rawValue: 1)
    /// No first event in time.
    package static let firstEvent = Conditions(rawValue: 2)
    /// Nothing came for too long.
    package static let idle = Conditions(rawValue: 4)
    /// One attempt took too long.
    package static let attempt = Conditions(rawValue: 8)
    /// The answer broke before its first part, or was none.
    package static let stream = Conditions(rawValue: 16)
  }

  /// Further attempts at one target, not counting those that mend a request or renew a token.
  package var maxRetries = 2
  /// Failures without a status that are tried again.
  package var conditions: Conditions = [.connect, .firstEvent, .idle, .stream]
  /// Statuses that are tried again; an error inside of a stream counts as the status for it.
  package var statuses: Set<Int> = [408, 409, 429, 500, 502, 503, 504]
  /// How long is waited.
  package var backoff = Backoff()
  /// The longest wait that an upstream may ask for; beyond it the next target is asked.
  package var longestHint = Duration.seconds(20)
  /// How many retries each call adds to what its provider may be given.
  package var budget = 0.2

  /// What holds where nothing is configured.
  package init() {}
}

extension RetryPolicy {
  /// Whether a failure may be tried again at the same target, ever.
  ///
  /// The upstream's own word counts for more than its status, but for what repeats identically.
  func mayRetry(_ failure: CallFailure) -> Bool {
    switch failure.cause {
    case .connect: return conditions.contains(.connect)
    case .firstEvent: return conditions.contains(.firstEvent)
    case .idle: return conditions.contains(.idle)
    case .attempt: return conditions.contains(.attempt)
    case .stream: return failure.hint != .no && conditions.contains(.stream)
    case .rateLimit, .overload, .upstream, .request: break
    case .quota, .credential, .missing, .unusable, .contextWindow, .contentFilter, .state,
      .cancelled, .deadline, .defect:
      return false
    }
    return switch failure.hint {
    case .yes: true
    case .no: false
    case .unsaid: failure.effectiveStatus.map(statuses.contains) ?? false
    }
  }

  /// How much longer a call waits than an upstream asked it to: those that were told the same at the
  /// same time must not come back at the same time.
  ///
  /// Random in `0 ... max(wait / 10, backoff.initial)`; nothing without jitter. A tenth is our choice: it
  /// is enough for the first to find out whether the rest is too early, and hardly felt.
  ///
  /// - Source: <https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3>, by which it ought to wait that
  ///   long, so that later is always right; jitter as in ``Backoff``.
  /// - Parameters:
  ///   - wait: What the upstream asked for.
  ///   - random: Between 0 and 1.
  /// - Returns: The time on top of it, never negative.
  func spread(over wait: Duration, random: Double) -> Duration {
    backoff.hasJitter ? max(wait / 10, backoff.initial) * min(max(random, 0), 1) : .zero
  }

  /// Whether the rest of an answer may be had that broke so.
  func mayResume(after failure: CallFailure) -> Bool {
    switch failure.cause {
    case .connect, .firstEvent, .idle, .attempt, .stream, .rateLimit, .overload, .upstream:
      failure.hint != .no
    case .quota, .credential, .missing, .unusable, .request, .contextWindow, .contentFilter,
      .state, .cancelled, .deadline, .defect:
      false
    }
  }
}
