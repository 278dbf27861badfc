internal import Routing

extension CallError {
  /// The same error after the last attempt, with what was learned of stored state.
  ///
  /// - Parameters:
  ///   - verdict: What the failure has turned out to be.
  ///   - failed: The last failure.
  ///   - id: The state that was not found, or empty.
  ///   - ladder: The waits that were taken.
  ///   - attempts: How many attempts were made.
  /// - Returns: The error for the caller.
  func settled(
    _ verdict: Recovery.Verdict, _ failed: FailedAttempt, id: String, ladder: RaceLadder,
    attempts: Int
  ) -> CallError {
    var error = self
    switch verdict {
    case .asReported: break
    case .stateLost:
      error.code = .stateLost
      error.message += " \(failed.loss(of: id)) Send the items themselves, or begin anew."
    case .stateNotReady:
      let tries = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
      let waited =
        ladder.waits == 0 ? "without a wait" : "and \(ladder.waited.inWords) of waiting"
      error.message += " \(failed.origin(of: id)); \(tries) \(waited) did not find it."
      error.retryAfter = retryAfter ?? failed.remainingLag
    }
    return error
  }
}

extension FailedAttempt {
  fileprivate func origin(of id: String) -> String {
    // It is the upstream's text, and a name is no longer than this.
    let name = "\"\(id.prefix(128))\""
    return switch stateAge {
    case .unnamed: "The upstream named no id"
    case .unknown: "\(name) was not made by this program"
    case .known(let age): "\(name) was made \(age.inWords) ago"
    case .deleted: "\(name) was deleted by this program"
    }
  }

  fileprivate func loss(of id: String) -> String {
    if stateAge == .deleted { return "\(origin(of: id))." }
    return "\(origin(of: id)), and what is stored there is readable \(stateLag.inWords) later:"
      + " it is gone."
  }

  /// When the state should be readable; nil where there is no lag.
  fileprivate var remainingLag: Duration? {
    guard stateLag > .zero else { return nil }
    guard case .known(let age) = stateAge else { return stateLag }
    return max(stateLag - age, .seconds(1))
  }
}

extension Duration {
  /// Seconds with one digit behind the point, as `3.2 s`.
  var inWords: String {
    let tenths = (milliseconds + 50) / 100
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
}
