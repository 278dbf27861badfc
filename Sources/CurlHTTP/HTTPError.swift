/// Why an exchange did not end well.
///
/// Texts come from libcurl or from here; they hold no header value and no user information of a
/// URL.
package struct HTTPError: Error, Sendable, Hashable {
  /// What went wrong, as far as a caller may want to act on it.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The URL cannot be used: its scheme, its form, or user information in it.
    case badURL
    /// The request cannot be sent as it stands: a malformed method or header.
    case badRequest
    /// The name of the upstream or of the proxy was not found.
    case dns
    /// No connection came about, or the proxy refused the tunnel.
    case connect
    /// The TLS handshake failed, or the certificate is not trusted for this host.
    case tls
    /// `HTTPClocks.connect` ran out.
    case connectTimeout
    /// `HTTPClocks.firstEvent` ran out.
    case firstEventTimeout
    /// `HTTPClocks.idle` ran out.
    case idleTimeout
    /// `HTTPClocks.attempt` was reached.
    case attemptTimeout
    /// `HTTPClocks.total` was reached.
    case totalTimeout
    /// The connection broke while the request was sent.
    case sendFailed
    /// The connection broke before the response was whole.
    case receiveFailed
    /// The connection ended before the length that the head promised, or inside a chunked body.
    case truncated
    /// The upstream sent what is not HTTP, or a coding that cannot be undone.
    case `protocol`
    /// The body is larger than `collect(limit:)` allows.
    case bodyTooLarge
    /// The task was cancelled, the exchange dropped, or the engine shut down.
    case cancelled
    /// The engine could not do its work: memory, threads, file descriptors, options.
    case engine
  }

  /// What went wrong.
  package let kind: Kind
  /// libcurl's `CURLcode`, or 0 where libcurl had no part in it.
  package let curlCode: Int32
  /// What happened, for people.
  package let message: String
  /// The number of decoded body bytes that had arrived.
  package internal(set) var bytesReceived = 0
  /// How far connecting had come, where libcurl ended the exchange.
  package internal(set) var phases: HTTPPhases?
  /// Whether the response head had arrived.
  package internal(set) var headReceived = false

  init(_ kind: Kind, _ message: String, curlCode: Int32 = 0) {
    self.kind = kind
    self.message = message
    self.curlCode = curlCode
  }
}

extension HTTPError: CustomStringConvertible {
  /// The kind, the text, and libcurl's code where there is one.
  package var description: String {
    curlCode == 0
      ? "\(kind.rawValue): \(message)" : "\(kind.rawValue): \(message) (curl \(curlCode))"
  }
}
