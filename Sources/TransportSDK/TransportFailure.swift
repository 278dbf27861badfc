/// What went wrong, as the transport understands it.
///
/// The host decides what follows.
public struct TransportFailure: Error, Sendable, Hashable {
  /// The closed list of codes that a transport may say.
  public enum Code: Int32, Sendable, CaseIterable {
    /// The provider entry cannot work.
    case configInvalid = 1
    /// The request can never succeed as it is.
    case requestInvalid
    /// The upstream does not have the operation.
    case operationUnsupported
    /// The input is too long for the model.
    case contextLengthExceeded
    /// A content filter refused input or output.
    case contentFiltered
    /// The credential was refused.
    case auth
    /// The credential may not do this.
    case permission
    /// A deployment, response or path does not exist.
    case notFound
    /// Too many requests; waiting helps.
    case rateLimited
    /// The quota is used up; waiting does not help before a reset.
    case quotaExhausted
    /// The upstream has more load than it can take.
    case overloaded
    /// The upstream failed.
    case upstreamFailed
    /// The upstream sent what it must not.
    case protocolError
    /// Stored state exists and is not readable yet.
    case stateNotReady
    /// Stored state is gone or belongs to somebody else.
    case stateLost
  }

  /// What a failure blames.
  public enum Scope: Int32, Sendable, CaseIterable {
    /// This request alone.
    case request = 1
    /// The model or deployment.
    case model
    /// The credential.
    case credential
    /// The endpoint.
    case endpoint
    /// The way to it.
    case network
  }

  /// Whether the same request may succeed at another time.
  public enum Retry: Int32, Sendable {
    /// The code decides.
    case unsaid = 0
    /// The upstream says that it may.
    case yes
    /// The upstream says that it will not.
    case no
  }

  /// What happened.
  public var code: Code
  /// What is to blame.
  public var scope: Scope
  /// The cause in plain words, and what to do.
  ///
  /// Never a secret.
  public var message: String
  /// RFC 6901, into the caller's body, or empty.
  public var pointer: String
  /// The upstream's own code, or empty.
  public var upstreamCode: String
  /// How long the upstream asked to wait; nil: it did not say.
  public var retryAfter: Duration?
  /// A change that would help, in the transport's own words, or empty; it comes back in
  /// ``TransportRequest/amendments``.
  public var amendment: String
  /// Whether the amendment suits every later request for the same model, so that it may be remembered.
  public var isLasting: Bool
  /// RFC 6901, into the provider entry: what in the configuration caused it, or empty.
  public var setting: String
  /// The value of ``setting`` that would be right, or empty.
  public var suggestion: String
  /// The scope that a token must have in place of the refused one's, or empty.
  public var tokenScope: String
  /// The id of the stored state that was not found, or empty.
  public var stateID: String
  /// What the upstream says of another try.
  public var retry: Retry

  /// States a failure.
  public init(
    _ code: Code, scope: Scope = .request, _ message: String, pointer: String = "",
    upstreamCode: String = "", retryAfter: Duration? = nil, amendment: String = "",
    isLasting: Bool = false, setting: String = "", suggestion: String = "",
    tokenScope: String = "", stateID: String = "", retry: Retry = .unsaid
  ) {
    self.code = code
    self.scope = scope
    self.message = message
    self.pointer = pointer
    self.upstreamCode = upstreamCode
    self.retryAfter = retryAfter
    self.amendment = amendment
    self.setting = setting
    self.suggestion = suggestion
    self.isLasting = isLasting
    self.tokenScope = tokenScope
    self.stateID = stateID
    self.retry = retry
  }
}
