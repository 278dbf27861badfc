/// The closed list of errors, one for the ABI, the programs and the APIs.
public enum ErrorCode: String, Sendable, CaseIterable {
  /// The configuration cannot work.
  case configInvalid = "config_invalid"
  /// No model of that name is configured.
  case modelNotFound = "model_not_found"
  /// A plugin is missing or cannot be loaded.
  case pluginUnavailable = "plugin_unavailable"
  /// A plugin broke the contract.
  case pluginMisbehaved = "plugin_misbehaved"
  /// The request can never succeed as it is.
  case requestInvalid = "request_invalid"
  /// The upstream does not have the operation.
  case operationUnsupported = "operation_unsupported"
  /// The input is too long for the model.
  case contextLengthExceeded = "context_length_exceeded"
  /// A content filter refused input or output.
  case contentFiltered = "content_filtered"
  /// The credential was refused, by the upstream or by who should have exchanged it for a token.
  case auth
  /// The credential may not do this.
  case permission
  /// A deployment, response or path does not exist.
  case notFound = "not_found"
  /// Too many requests; waiting helps.
  case rateLimited = "rate_limited"
  /// The quota is used up.
  case quotaExhausted = "quota_exhausted"
  /// The upstream has more load than it can take.
  case overloaded
  /// The upstream failed.
  case upstreamFailed = "upstream_failed"
  /// The upstream sent what it must not.
  case protocolError = "protocol_error"
  /// Stored state is not readable yet, after all the waiting that the deadline allowed.
  case stateNotReady = "state_not_ready"
  /// Stored state is gone, or was never this account's; waiting does not help.
  case stateLost = "state_lost"
  /// The way to the upstream failed.
  case network
  /// No connection in time.
  case timeoutConnect = "timeout_connect"
  /// The stream broke before its terminal event.
  case streamTruncated = "stream_truncated"
  /// No first event in time.
  case timeoutFirstEvent = "timeout_first_event"
  /// Nothing came for too long.
  case timeoutIdle = "timeout_idle"
  /// One attempt took too long.
  case timeoutAttempt = "timeout_attempt"
  /// The whole call took too long.
  case timeoutTotal = "timeout_total"
  /// The client no longer wants the answer.
  case cancelled
  /// Jackfield itself is wrong.
  case `internal`

  /// Who has to act.
  public enum Fault: String, Sendable {
    /// Who made the request.
    case caller
    /// Who wrote the configuration.
    case config
    /// Who wrote the plugin.
    case plugin
    /// The upstream.
    case upstream
    /// Whatever lies between.
    case network
    /// Jackfield.
    case host
  }

  /// Who has to act.
  public var fault: Fault {
    switch self {
    case .modelNotFound, .requestInvalid, .operationUnsupported, .contextLengthExceeded,
      .contentFiltered, .cancelled:
      .caller
    case .configInvalid, .auth, .permission, .notFound: .config
    case .pluginUnavailable, .pluginMisbehaved: .plugin
    case .rateLimited, .quotaExhausted, .overloaded, .upstreamFailed, .protocolError,
      .stateNotReady, .stateLost, .streamTruncated, .timeoutFirstEvent, .timeoutIdle,
      .timeoutAttempt, .timeoutTotal:
      .upstream
    case .network, .timeoutConnect: .network
    case .internal: .host
    }
  }

  /// The status with which a program ends.
  public var exitStatus: Int32 {
    switch self {
    case .requestInvalid, .operationUnsupported: 2
    case .configInvalid, .modelNotFound: 3
    case .pluginUnavailable, .pluginMisbehaved: 5
    case .cancelled: 130
    case .internal: 70
    default: 4
    }
  }
}
