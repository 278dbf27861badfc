/// What one attempt failed with, in the words that decide what may follow it.
package struct FailedAttempt: Sendable, Hashable {
  /// The kinds of failure that are told apart.
  package enum Cause: Sendable, Hashable {
    /// The credential was refused.
    case credentialRefused
    /// Stored state could not be read, and may be readable later.
    case stateNotReady
    /// All else: another attempt helps only with an amendment.
    case other
  }

  /// What the attempt proved itself with.
  package enum Credential: Sendable, Hashable {
    /// Nothing, or a key that only people change.
    case fixed
    /// A token of this scope, which can be renewed; empty: the provider's own scope.
    case token(scope: String)
  }

  /// How long ago the stored state was made that could not be read.
  package enum StateAge: Sendable, Hashable {
    /// The upstream named none.
    case unnamed
    /// It was not made here, or so long ago that it was forgotten.
    case unknown
    /// It was made here, this long ago.
    case known(Duration)
    /// It was deleted from here.
    case deleted
  }

  /// Where a request names stored state.
  package enum Reference: Sendable, Hashable {
    /// In its body: it may be part of what the request goes on from.
    case body
    /// In its URL: the request is about that state and nothing else.
    case url
  }

  /// What failed.
  package var cause: Cause
  /// The credential that was used.
  package var credential: Credential
  /// The scope that the upstream wants instead, or empty.
  package var tokenScope: String
  /// The change that would help, in the transport's words, or empty.
  package var amendment: String
  /// How old the state is that could not be read.
  package var stateAge: StateAge
  /// How long after its making state may not be readable yet; zero: it always is.
  package var stateLag: Duration
  /// Where the request names state.
  package var reference: Reference
  /// How long the upstream asked to wait, or nil.
  package var retryAfter: Duration?

  /// States a failure; what is left out plays no part in it.
  package init(
    _ cause: Cause, credential: Credential = .fixed, tokenScope: String = "",
    amendment: String = "", stateAge: StateAge = .unnamed, stateLag: Duration = .zero,
    reference: Reference = .body, retryAfter: Duration? = nil
  ) {
    self.cause = cause
    self.credential = credential
    self.tokenScope = tokenScope
    self.amendment = amendment
    self.stateAge = stateAge
    self.stateLag = stateLag
    self.reference = reference
    self.retryAfter = retryAfter
  }
}
