internal import Routing

// Without an answer.
extension AttemptLoop {
  /// The error with which a call ends.
  func error(of ending: CallEnding) -> CallError {
    guard case .failed(let verdict) = ending, let failure = lastFailure else {
      return ledgered(call.error(of: ending, host: host))
    }
    guard let failed = mending(of: failure), let reported = failure.reported else {
      return ledgered(failure.error.explained(by: call, host))
    }
    let settled = failure.error.settled(
      verdict, failed, id: reported.stateID, ladder: conduct.ladder, attempts: ledger.count)
    return ledgered(settled.explained(by: call, host))
  }

  /// An error with all attempts, and without a secret of any of them.
  func ledgered(_ error: CallError) -> CallError {
    var error = secrets.reduce(error) { $0.redacted($1) }
    // Where nothing was sent at all, the error says everything.
    error.attempts = ledger.contains(where: \.isSent) || ledger.count > 1 ? ledger : []
    return error
  }
}
