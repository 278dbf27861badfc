internal import CurlHTTP
internal import ProviderConfiguration

extension CallError {
  /// What the engine could not do.
  init(_ error: HTTPError, at mark: Mark?) {
    self.init(ErrorCode(error), Self.words(error), source: mark)
  }

  private static func words(_ error: HTTPError) -> String {
    if error.kind == .tls, let problem = TLSProblem(error.message) {
      return "\(problem.words): \(error.message). \(problem.advice)"
    }
    let cause = cause(error).map { "\($0): \(error.message)" } ?? error.message
    let advice: String? =
      switch error.kind {
      case .dns: "Check the host in base_url or the resource's name."
      case .connect: "Check that the upstream runs and that base_url names its port."
      case .tls:
        "The certificate must be valid for the host; SSL_CERT_FILE can name another authority."
      case .connectTimeout: "timeouts.connect allows more time."
      case .firstEventTimeout: "timeouts.first_event allows more time."
      case .idleTimeout: "timeouts.idle allows more time."
      case .attemptTimeout: "timeouts.attempt allows more time."
      case .totalTimeout: "timeouts.total allows more time."
      case .protocol: "Check that base_url names its scheme and port, and no proxy's."
      default: nil
      }
    return [cause, advice].compactMap(\.self).joined(separator: ". ")
  }

  /// What the engine's own words leave to be guessed.
  private static func cause(_ error: HTTPError) -> String? {
    switch error.kind {
    case .protocol: "what answers there does not keep to HTTP"
    case .truncated: "the connection ended before the response was complete"
    case .receiveFailed where error.headReceived: "the connection broke within the response"
    case .receiveFailed: "the connection broke before a response came"
    default: nil
    }
  }
}

extension ErrorCode {
  /// The code of what the engine could not do.
  init(_ error: HTTPError) {
    self =
      switch error.kind {
      case .badURL, .badRequest: .configInvalid
      case .dns, .connect, .tls, .sendFailed: .network
      case .connectTimeout: .timeoutConnect
      case .firstEventTimeout: .timeoutFirstEvent
      case .idleTimeout: .timeoutIdle
      case .attemptTimeout: .timeoutAttempt
      case .totalTimeout: .timeoutTotal
      case .receiveFailed: error.headReceived ? .streamTruncated : .network
      case .truncated: .streamTruncated
      case .protocol, .bodyTooLarge: .protocolError
      case .cancelled: .cancelled
      case .engine: .internal
      }
  }
}
