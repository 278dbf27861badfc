/// What one attempt of a call failed with.
package struct CallFailure: Sendable, Hashable {
  /// What the upstream says of another try.
  package enum Hint: Sendable, Hashable {
    /// Nothing: the status decides.
    case unsaid
    /// It may succeed.
    case yes
    /// It will not.
    case no
  }

  /// What happened.
  package var cause: FailureCause
  /// What is to blame.
  package var scope: FailureScope
  /// The HTTP status; nil where none came.
  package var status: Int?
  /// What the upstream says of another try.
  package var hint: Hint
  /// How long the upstream asked to wait, or until a used up quota is whole again; nil: it did not say.
  package var retryAfter: Duration?
  /// Whether the upstream may have done what it was asked all the same: it was asked, and what came of
  /// it is not known.
  package var mayBeDone: Bool
  /// What may mend the request or the token; nil where nothing may.
  package var mending: FailedAttempt?

  /// States a failure; what is left out plays no part in it.
  package init(
    _ cause: FailureCause, blaming scope: FailureScope, status: Int? = nil, hint: Hint = .unsaid,
    retryAfter: Duration? = nil, mayBeDone: Bool = false, mending: FailedAttempt? = nil
  ) {
    self.cause = cause
    self.scope = scope
    self.status = status
    self.hint = hint
    self.retryAfter = retryAfter
    self.mayBeDone = mayBeDone
    self.mending = mending
  }

  /// The status; for an error inside of a stream that began well, the one that stands for it.
  var effectiveStatus: Int? {
    if let status, status >= 400 { return status }
    return switch cause {
    case .rateLimit: 429
    case .overload: 503
    case .upstream: 500
    default: nil
    }
  }
}
