/// The base of a service's URLs, without a slash at its end.
struct ServiceURL: Sendable, Hashable {
  /// The URL.
  let text: String
  /// Host and port, for messages.
  let authority: String

  /// The authority of the public cloud.
  static let publicCloud = ServiceURL(
    text: "https://login.microsoftonline.com", authority: "login.microsoftonline.com")
  /// The instance metadata service, on every virtual machine.
  static let instanceMetadata = ServiceURL(
    text: "http://169.254.169.254", authority: "169.254.169.254")

  private init(text: String, authority: String) {
    self.text = text
    self.authority = authority
  }

  /// Reads a URL; a bare host means https.
  ///
  /// Nil for what is no such URL, and for plain http to another machine unless it is allowed.
  init?(_ written: String, allowsHTTP: Bool) {
    var rest = written[...]
    while rest.last == "/" { rest = rest.dropLast() }
    var scheme = "https"
    if let end = rest.firstIndex(of: ":"), rest[end...].hasPrefix("://") {
      scheme = rest[..<end].lowercased()
      rest = rest[end...].dropFirst(3)
    }
    let authority = String(rest.prefix { $0 != "/" }).lowercased()
    guard scheme == "https" || scheme == "http", !authority.isEmpty, authority.last != ":",
      rest.utf8.allSatisfy(Self.isAllowed),
      scheme == "https" || allowsHTTP || Self.isLoopback(authority)
    else { return nil }
    self.init(
      text: "\(scheme)://\(authority)\(rest.dropFirst(authority.count))", authority: authority)
  }

  /// No user, query or fragment, and nothing that would need an escape.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || "-._~/:[]".utf8.contains(byte)
  }

  private static func isLoopback(_ authority: String) -> Bool {
    let isIPv6 = authority == "[::1]" || authority.hasPrefix("[::1]:")
    let host = authority.prefix { $0 != ":" }
    return isIPv6 || host == "localhost" || (host.hasPrefix("127.") && host.allSatisfy(Self.isIPv4))
  }

  private static func isIPv4(_ character: Character) -> Bool {
    character == "." || ("0"..."9").contains(character)
  }
}
