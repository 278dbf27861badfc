/// What an attempt failed with, in the words that decide who is asked next.
///
/// | cause | retried | moved | cools its scope | falls back to |
/// |---|---|---|---|---|
/// | `connect`, `firstEvent`, `idle`, `attempt`, `stream` | by its word | yes | yes | `default` |
/// | `rateLimit`, `overload`, `upstream` | by its status | yes | yes | `default` |
/// | `quota` | no | yes | until the quota is whole again | `default` |
/// | `credential`, `missing` | no | yes | yes | `default` |
/// | `unusable` | no | yes | no: nobody was asked | `default` |
/// | `request` | by its status | where it blames more than the request | no | `default` |
/// | `contextWindow`, `contentFilter` | no | no | no | their own |
/// | `state`, `cancelled`, `deadline`, `defect` | no | no | no | none |
///
/// Whatever blames the request alone is neither moved nor counted: each target would say the same. But a
/// fallback that finds the input too long, or filters it, is followed by those that are left.
package enum FailureCause: Sendable, Hashable, CaseIterable {
  /// No connection, or none in time.
  case connect
  /// No first event in time.
  case firstEvent
  /// Nothing came for too long.
  case idle
  /// One attempt took too long.
  case attempt
  /// The answer broke, or was none.
  case stream
  /// Too many requests; waiting helps.
  case rateLimit
  /// The quota is used up; waiting does not help before a reset.
  case quota
  /// The upstream has more load than it can take.
  case overload
  /// The upstream failed.
  case upstream
  /// The credential was refused, or may not do this.
  case credential
  /// A deployment or path does not exist.
  case missing
  /// The target cannot be asked: its plugin or its entry in the configuration is broken.
  case unusable
  /// The request can never succeed as it is.
  case request
  /// The input is too long for the model.
  case contextWindow
  /// A content filter refused input or output.
  case contentFilter
  /// Stored state is not readable yet, or gone.
  case state
  /// The client no longer wants the answer.
  case cancelled
  /// The whole call took too long.
  case deadline
  /// The host itself is wrong.
  case defect

  /// Whether another target may be asked.
  ///
  /// - Parameter scope: What the failure blames.
  /// - Returns: False where each would say the same, or nobody may be asked any more.
  package func mayMove(blaming scope: FailureScope) -> Bool {
    switch self {
    case .connect, .firstEvent, .idle, .attempt, .stream, .rateLimit, .quota, .overload,
      .upstream, .credential, .unusable:
      true
    case .missing, .request: scope > .request
    case .contextWindow, .contentFilter, .state, .cancelled, .deadline, .defect: false
    }
  }

  /// Whether it counts against what it blames.
  var cools: Bool {
    switch self {
    case .connect, .firstEvent, .idle, .attempt, .stream, .rateLimit, .quota, .overload,
      .upstream, .credential, .missing:
      true
    case .unusable, .request, .contextWindow, .contentFilter, .state, .cancelled, .deadline,
      .defect:
      false
    }
  }

  /// The list of fallbacks that is for it; nil: none is.
  package var fallback: FallbackCause? {
    switch self {
    case .contextWindow: .contextWindow
    case .contentFilter: .contentFilter
    case .state, .cancelled, .deadline, .defect: nil
    default: .any
    }
  }
}

/// Which list of a model's fallbacks is meant.
package enum FallbackCause: Sendable, Hashable, CaseIterable {
  /// No target could serve the call.
  case any
  /// The input is too long for the model.
  case contextWindow
  /// A content filter refused it.
  case contentFilter
}
