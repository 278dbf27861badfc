/// An absolute http or https URL without user information and fragment, taken apart.
///
/// Stricter than a browser on purpose: what it accepts has one meaning, so that the host which a person
/// reads is the host that is asked. Anything else is refused with the reason.
/// - Source: RFC 3986; the `.`/`..` and number-like host rules follow from what URL parsers disagree on.
public struct EndpointURL: Sendable, Hashable {
  /// How the host is spoken to.
  public enum Scheme: String, Sendable {
    /// In the clear.
    case http
    /// Over TLS.
    case https

    var defaultPort: Int { self == .http ? 80 : 443 }
  }

  /// The scheme.
  public var scheme: Scheme
  /// Lower case; an IPv6 address keeps its brackets.
  public var host: String
  /// The port; nil when it is the scheme's own.
  public var port: Int?
  /// The parts of the path, percent-encoded as written; empty ones and a trailing slash are dropped.
  public var path: [String]
  /// The pairs of the query, percent-encoded as written.
  public var query: [String]

  /// Takes a URL apart.
  ///
  /// - Parameter text: The URL; white space around it does not count.
  /// - Throws: ``EndpointURLError`` with the reason and, where it is plain, the URL that was meant.
  public init(_ text: String) throws(EndpointURLError) {
    var rest = Substring(text).trimmed
    scheme = try Self.takeScheme(from: &rest, of: text)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != "\\" }
    rest = rest.dropFirst(authority.count)
    (host, port) = try Authority.parse(authority, defaultPort: scheme.defaultPort)
    guard !rest.contains("#") else { throw EndpointURLError(.fragment) }
    let path = rest.prefix { $0 != "?" }
    let query = rest.dropFirst(path.count + 1)
    self.path = try Self.parts(of: path)
    self.query = try Self.pairs(of: query)
  }

  /// Scheme, host and port.
  public var origin: String { "\(scheme.rawValue)://\(authority)" }

  /// The host as allow-lists have it: an IPv6 address without its brackets.
  public var hostName: String {
    host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
  }

  /// Host and port.
  public var authority: String { port.map { "\(host):\($0)" } ?? host }

  /// The URL as it goes on the wire.
  public var text: String {
    var text = textBeforeQuery
    for (index, pair) in query.enumerated() { text += (index == 0 ? "?" : "&") + pair }
    return text
  }

  /// Origin and path.
  var textBeforeQuery: String {
    var text = origin
    for part in path { text += "/" + part }
    return text
  }

  /// Whether the host is this machine, by the names and addresses that cannot mean another one.
  public var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" || host == "[0:0:0:0:0:0:0:1]" { return true }
    return Authority.isIPv4(Substring(host)) && host.hasPrefix("127.")
  }

  /// Whether the host is `domain` or ends in a dot and `domain`.
  public func isHost(in domain: String) -> Bool {
    host == domain || host.hasSuffix("." + domain)
  }
}

// MARK: - Parts

extension EndpointURL {
  private static func takeScheme(
    from rest: inout Substring, of text: String
  ) throws(EndpointURLError) -> Scheme {
    guard let separator = rest.firstRange(of: "://") else {
      throw EndpointURLError(.notAbsolute, suggestion: rest.isEmpty ? "" : "https://\(rest)")
    }
    let name = rest[..<separator.lowerBound].lowercased()
    guard let scheme = Scheme(rawValue: name) else { throw EndpointURLError(.scheme(name)) }
    rest = rest[separator.upperBound...]
    return scheme
  }

  private static func parts(of path: Substring) throws(EndpointURLError) -> [String] {
    var parts: [String] = []
    for part in path.split(separator: "/") {
      try PercentEncoding.check(part, allowing: .path)
      let decoded = PercentEncoding.decode(part)
      guard decoded != ".", decoded != ".." else { throw EndpointURLError(.dotSegment) }
      parts.append(String(part))
    }
    return parts
  }

  private static func pairs(of query: Substring) throws(EndpointURLError) -> [String] {
    var pairs: [String] = []
    for pair in query.split(separator: "&") {
      try PercentEncoding.check(pair, allowing: .query)
      pairs.append(String(pair))
    }
    return pairs
  }
}
