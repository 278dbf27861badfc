internal import ProviderConfiguration

/// Keeps web pages in a browser on this machine away from a gateway that asks for no token.
///
/// A page may send requests to loopback addresses: either in its own name, which the header `origin`
/// tells, or, once its name was made to lead here, as if this were its own server, which `host` tells.
/// Source: https://fetch.spec.whatwg.org/#origin-header; DNS rebinding, RFC 6762 has no defence.
struct HostRule: Sendable {
  private let host: String

  /// - Parameter host: The host that the gateway listens on.
  init(host: String) { self.host = host.lowercased() }

  /// Whether a request may come from a program of this machine; nil stands for an absent header.
  func allows(host named: String?, origin: String?) -> Bool {
    guard named.map(isOwn) ?? true else { return false }
    guard let origin, let scheme = origin.firstRange(of: "://") else { return origin == nil }
    return isOwn(String(origin[scheme.upperBound...]))
  }

  private func isOwn(_ authority: String) -> Bool {
    let address = ListenAddress(authority) ?? ListenAddress(authority + ":80")
    return address.map { $0.isLoopback || $0.host.lowercased() == host } ?? false
  }
}
