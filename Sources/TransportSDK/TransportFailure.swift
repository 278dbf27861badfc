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
  /// The id of a change that would help, or empty.
  public var amendment: String
  /// RFC 6901, into the provider entry: what in the configuration caused it, or empty.
  public var setting: String
  /// The value of ``setting`` that would be right, or empty.
  public var suggestion: String

  /// States a failure.
  public init(
    _ code: Code, scope: Scope = .request, _ message: String, pointer: String = "",
    upstreamCode: String = "", retryAfter: Duration? = nil, amendment: String = "",
    setting: String = "", suggestion: String = ""
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
  }
}
