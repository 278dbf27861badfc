package import Routing

/// Why attempts were made, without what differs from one to the next.
package enum AttemptReason: String, Sendable, Hashable, CaseIterable {
  /// There was no other target.
  case only
  /// It was the strategy's choice among equals.
  case strategy
  /// What the request goes on from was made there.
  case home
  /// Calls of its kind go there.
  case sticky
  /// Those before it had failed, or could not be asked.
  case next
  /// No target of the model could serve the call.
  case fallback
  /// The same target again.
  case retry
  /// The same target again, with something mended.
  case mended
  /// Everybody was left alone, and somebody had to be asked.
  case lastResort = "last_resort"
  /// The rest of an answer that broke.
  case resumed

  /// The kind of a reason.
  package init(_ reason: CallStep.Reason) {
    self =
      switch reason {
      case .only: .only
      case .strategy: .strategy
      case .home: .home
      case .sticky: .sticky
      case .next: .next
      case .fallback: .fallback
      case .retry: .retry
      case .mended: .mended
      case .lastResort: .lastResort
      case .resumed: .resumed
      }
  }
}

extension CallPause.Purpose {
  /// The word for it in reports.
  package var word: String {
    switch self {
    case .backoff: "backoff"
    case .retryAfter: "retry_after"
    case .storedState: "stored_state"
    case .capacity: "capacity"
    }
  }
}
