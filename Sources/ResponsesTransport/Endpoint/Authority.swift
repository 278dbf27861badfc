/// Reads the part of a URL that says whom to ask.
enum Authority {
  /// Takes host and port apart.
  ///
  /// - Returns: The host in lower case and the port, nil when it is the default.
  /// - Throws: ``EndpointURLError`` for user information, a bad host or a bad port.
  static func parse(
    _ authority: Substring, defaultPort: Int
  ) throws(EndpointURLError) -> (host: String, port: Int?) {
    guard !authority.contains("@") else { throw EndpointURLError(.userInformation) }
    let end = hostEnd(of: authority)
    let host = authority[..<end].lowercased()
    guard isHost(Substring(host)) else { throw EndpointURLError(.host(host)) }
    let rest = authority[end...]
    guard !rest.isEmpty else { return (host, nil) }
    let digits = rest.dropFirst()
    guard rest.first == ":", isDigits(digits), let port = Int(digits), 1...65535 ~= port else {
      throw EndpointURLError(.port(String(digits)))
    }
    return (host, port == defaultPort ? nil : port)
  }

  /// Whether `host` is four decimal numbers up to 255 without leading zeros.
  static func isIPv4(_ host: Substring) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { isDigits($0) && ($0 == "0" || $0.first != "0") && Int($0) ?? 256 < 256 }
  }

  private static func hostEnd(of authority: Substring) -> Substring.Index {
    guard authority.first == "[", let close = authority.firstIndex(of: "]") else {
      return authority.firstIndex(of: ":") ?? authority.endIndex
    }
    return authority.index(after: close)
  }

  private static func isHost(_ host: Substring) -> Bool {
    if host.first == "[" { return isIPv6(host.dropFirst().dropLast()) && host.last == "]" }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard host.utf8.count <= 253, labels.allSatisfy(isLabel) else { return false }
    // A last label that is a number makes resolvers read an address: `127.1`, `0x7f.1`, `2130706433`.
    guard let last = labels.last, last.first?.isASCIIDigit == true else { return true }
    return isDigits(last) || last.hasPrefix("0x") ? isIPv4(host) : true
  }

  private static func isLabel(_ label: Substring) -> Bool {
    1...63 ~= label.utf8.count && label.first != "-" && label.last != "-"
      && label.utf8.allSatisfy {
        $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }

  private static func isIPv6(_ address: Substring) -> Bool {
    let halves = address.split(separator: "::", omittingEmptySubsequences: false)
    let groups = halves.flatMap { $0.split(separator: ":", omittingEmptySubsequences: false) }
      .filter { !(halves.count == 2 && $0.isEmpty) }
    guard groups.allSatisfy({ 1...4 ~= $0.utf8.count && $0.allSatisfy(\.isHexDigit) }),
      address.utf8.allSatisfy({ $0.isASCIIAlphanumeric || $0 == UInt8(ascii: ":") })
    else { return false }
    return halves.count == 1 ? groups.count == 8 : halves.count == 2 && groups.count < 8
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy(\.isASCIIDigit)
  }
}

extension UInt8 {
  var isASCIIAlphanumeric: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
