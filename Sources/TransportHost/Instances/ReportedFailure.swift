internal import CTransportABI

/// A failure as a plugin reported it, in the host's words.
package struct ReportedFailure: Error, Sendable, Hashable {
  /// What a failure blames.
  package enum Scope: String, Sendable, Hashable {
    /// This request alone.
    case request
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
  package enum Retry: Sendable, Hashable {
    /// The code decides.
    case unsaid
    /// The upstream says that it may.
    case yes
    /// The upstream says that it will not.
    case no
  }

  /// What happened.
  package var code: ErrorCode
  /// What is to blame.
  package var scope: Scope
  /// The cause in plain words.
  package var message: String
  /// RFC 6901 into the caller's body, or empty.
  package var pointer: String = ""
  /// The upstream's own code, or empty.
  package var upstreamCode: String = ""
  /// How long the upstream asked to wait, or nil.
  package var retryAfter: Duration?
  /// A change that would help, or empty.
  package var amendment: String = ""
  /// Whether the amendment may be remembered for the model.
  package var isLasting = false
  /// RFC 6901 into the provider entry, or empty.
  package var setting: String = ""
  /// The value that would be right, or empty.
  package var suggestion: String = ""
  /// The scope that a token must have instead, or empty.
  package var tokenScope: String = ""
  /// The id of the stored state that was not found, or empty.
  package var stateID: String = ""
  /// What the upstream says of another try.
  package var retry: Retry = .unsaid
}

extension ReportedFailure {
  /// Copies what a plugin lent; a struct of other headers is not read beyond its size field.
  init(_ reported: UnsafePointer<jf_failure>) {
    let size = unsafe Int(reported.pointee.struct_size)
    let expected = unsafe MemoryLayout<jf_failure>.size
    guard size == expected else {
      self.init(
        code: .pluginMisbehaved, scope: .endpoint,
        message: "the plugin broke the contract: its jf_failure has \(size) bytes where ABI 1 has"
          + " \(expected). Build it again with the headers of this host.")
      return
    }
    let raw = unsafe reported.pointee
    let length = unsafe raw.amendment.ptr == nil ? 0 : raw.amendment.len
    guard length <= Self.amendmentLimit else {
      self.init(
        code: .pluginMisbehaved, scope: .endpoint,
        message: "the plugin broke the contract: its amendment has \(length) bytes where"
          + " \(Self.amendmentLimit) are the most.")
      return
    }
    unsafe self.init(
      code: ErrorCode(abi: raw.code), scope: Scope(abi: raw.scope), message: String(raw.message),
      pointer: String(raw.pointer), upstreamCode: String(raw.upstream_code),
      retryAfter: raw.retry_after_ms < 0 ? nil : .milliseconds(raw.retry_after_ms),
      amendment: String(raw.amendment), isLasting: raw.lasting == 1, setting: String(raw.setting),
      suggestion: String(raw.suggestion), tokenScope: String(raw.token_scope),
      stateID: String(raw.state_id), retry: Retry(abi: raw.retry))
  }

  /// The most bytes of an amendment: it is kept, and shown to people.
  ///
  /// Source: jf_failure.h.
  private static let amendmentLimit = 1 << 10

  /// The same, with the plugin's name in place of "the plugin" where it broke the contract.
  func named(_ id: String) -> ReportedFailure {
    let lead = "the plugin broke"
    guard code == .pluginMisbehaved, message.hasPrefix(lead) else { return self }
    var failure = self
    failure.message = "plugin \"\(id)\" broke" + message.dropFirst(lead.count)
    return failure
  }

  /// The plugin failed without a word: its own fault.
  static func misbehaved(_ id: String, _ what: String) -> ReportedFailure {
    ReportedFailure(
      code: .pluginMisbehaved, scope: .endpoint,
      message: "plugin \"\(id)\" broke the contract: \(what).")
  }
}

extension ErrorCode {
  /// A number of the ABI; one that is not known counts as a protocol error.
  init(abi code: Int32) {
    self =
      switch code {
      case JF_CODE_CONFIG_INVALID: .configInvalid
      case JF_CODE_REQUEST_INVALID: .requestInvalid
      case JF_CODE_OPERATION_UNSUPPORTED: .operationUnsupported
      case JF_CODE_CONTEXT_LENGTH_EXCEEDED: .contextLengthExceeded
      case JF_CODE_CONTENT_FILTERED: .contentFiltered
      case JF_CODE_AUTH: .auth
      case JF_CODE_PERMISSION: .permission
      case JF_CODE_NOT_FOUND: .notFound
      case JF_CODE_RATE_LIMITED: .rateLimited
      case JF_CODE_QUOTA_EXHAUSTED: .quotaExhausted
      case JF_CODE_OVERLOADED: .overloaded
      case JF_CODE_UPSTREAM_FAILED: .upstreamFailed
      case JF_CODE_STATE_NOT_READY: .stateNotReady
      case JF_CODE_STATE_LOST: .stateLost
      default: .protocolError
      }
  }
}

extension ReportedFailure.Retry {
  /// A number of the ABI; one that is not known says nothing.
  init(abi retry: Int32) {
    self =
      switch retry {
      case JF_RETRY_YES: .yes
      case JF_RETRY_NO: .no
      default: .unsaid
      }
  }
}

extension ReportedFailure.Scope {
  /// A number of the ABI; one that is not known counts as the request.
  init(abi scope: Int32) {
    self =
      switch scope {
      case JF_SCOPE_MODEL: .model
      case JF_SCOPE_CREDENTIAL: .credential
      case JF_SCOPE_ENDPOINT: .endpoint
      case JF_SCOPE_NETWORK: .network
      default: .request
      }
  }
}
