/// Where a request goes: the whole that a secret may not leave.
struct Origin: Hashable, CustomStringConvertible {
  /// `http` or `https`.
  let scheme: String
  /// Lower case; an IPv6 address without its brackets.
  let host: String
  /// The port, the scheme's own where the URL has none.
  let port: Int
  private let hasOwnPort: Bool
  private let isLoopback: Bool

  /// Reads a URL; nil unless it is absolute http or https.
  init?(of url: String) {
    guard let authority = URLAuthority(of: url), let start = url.firstRange(of: "://") else {
      return nil
    }
    scheme = authority.scheme
    host = authority.host
    isLoopback = authority.isLoopback
    let text = url[start.upperBound...].prefix { !"/?#".contains($0) }
    let digits = text.split(separator: "]").last?.split(
      separator: ":", omittingEmptySubsequences: false)
    let written = (digits?.count ?? 0) > 1 ? Int(digits?.last ?? "") : nil
    let own = authority.scheme == "https" ? 443 : 80
    port = written ?? own
    hasOwnPort = port == own
  }

  /// Whether a secret of the other origin may be sent here.
  ///
  /// The host must be the same, and the port, or each has the port of its scheme. Encryption may only be
  /// gained, but on this machine.
  func mayTakeSecret(of other: Origin) -> Bool {
    guard host == other.host, port == other.port || hasOwnPort && other.hasOwnPort else {
      return false
    }
    return scheme == "https" || scheme == other.scheme || isLoopback
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
