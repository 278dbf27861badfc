import Glibc

/// Whether a URL is asked through a proxy, and why.
package struct HTTPProxyChoice: Sendable, Hashable {
  /// The proxy without user information; nil: the host is asked directly.
  package let proxy: String?
  /// Whether the proxy's URL holds a user name, which is not shown.
  package let hasUserInformation: Bool
  /// The part of `no_proxy` for which the host is asked directly; nil: none.
  package let exemption: String?
}

extension HTTPEnvironment {
  /// How a URL is asked, as libcurl decides it.
  ///
  /// - Parameters:
  ///   - isSecure: Whether the scheme is https.
  ///   - host: In lower case, an IPv6 address without brackets.
  /// - Returns: The proxy, or what exempts the host from it.
  package func proxy(isSecure: Bool, host: String) -> HTTPProxyChoice {
    guard let proxy = isSecure ? httpsProxy : httpProxy else {
      return HTTPProxyChoice(proxy: nil, hasUserInformation: false, exemption: nil)
    }
    if let exemption = NoProxyList(noProxy ?? "").exemption(for: host) {
      return HTTPProxyChoice(proxy: nil, hasUserInformation: false, exemption: exemption)
    }
    let at = proxy.lastIndex(of: "@")
    let scheme = proxy.firstRange(of: "://").map { proxy[..<$0.upperBound] } ?? ""
    let shown = at.map { scheme + proxy[proxy.index(after: $0)...] } ?? proxy[...]
    return HTTPProxyChoice(
      proxy: String(shown), hasUserInformation: at != nil, exemption: nil)
  }
}

/// The hosts of `no_proxy`.
///
/// - Source: libcurl's noproxy.c of 7.88: a star alone exempts all; names match whole and as the end
///   behind a dot; addresses match whole or by `address/bits`; blanks and commas separate.
struct NoProxyList {
  private let tokens: [Substring]

  init(_ text: String) { tokens = text.split { $0 == "," || $0 == " " || $0 == "\t" } }

  /// The first part that exempts a host; nil: none does.
  func exemption(for host: String) -> String? {
    if tokens == ["*"] { return "*" }
    let address = Self.address(host)
    let name = host.hasSuffix(".") ? host.dropLast() : host[...]
    return tokens.first { token in
      address.map { Self.matches(token, $0) } ?? Self.matches(token, name: name)
    }.map(String.init)
  }

  private static func matches(_ token: Substring, name: Substring) -> Bool {
    var token = token.lowercased()[...]
    if token.last == "." { token.removeLast() }
    if token.first == "." { token.removeFirst() }
    guard !token.isEmpty else { return false }
    return name == token || name.hasSuffix("." + token)
  }

  private static func matches(_ token: Substring, _ address: [UInt8]) -> Bool {
    let parts = token.split(separator: "/", maxSplits: 1)
    guard let first = parts.first, let network = Self.address(String(first)),
      network.count == address.count
    else { return false }
    let bits = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    guard bits > 0 else { return network == address }
    guard bits <= address.count * 8 else { return false }
    return (0..<bits).allSatisfy { bit in
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      return network[bit / 8] & mask == address[bit / 8] & mask
    }
  }

  /// The bytes of a numeric address; nil for a name.
  private static func address(_ text: String) -> [UInt8]? {
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: count)
      // SAFETY: inet_pton writes as many bytes as its family has, which the buffer holds.
      let isRead = unsafe bytes.withUnsafeMutableBytes {
        unsafe inet_pton(family, text, $0.baseAddress) == 1
      }
      if isRead { return bytes }
    }
    return nil
  }
}
