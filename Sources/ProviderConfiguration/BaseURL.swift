internal import YAML

/// The grammar of `base_url`: an absolute http or https URL without credentials and fragment.
struct BaseURL {
  /// What is wrong with a text, in words that fit behind "the URL".
  struct Problem: Error {
    let message: String
    /// The text that would be right, where that is known.
    var correction: String?
    /// Whether it is the address of a page rather than of an API: all behind the host is a fragment.
    var isPage = false
  }

  /// Whether it is plain http.
  let isInsecure: Bool
  /// The host in lower case; an IPv6 address with its brackets.
  let host: String

  /// - Source: RFC 3986, section 3; ports from RFC 9110, section 4.2.
  init(_ text: String) throws(Problem) {
    let rest = try BaseURL.hierarchy(of: text)
    isInsecure = !text.lowercased().hasPrefix("https:")
    let authority = rest.prefix { !"/?#".contains($0) }
    let path = rest.dropFirst(authority.count)
    guard !authority.contains("@") else {
      throw Problem(message: "must not hold a user or a password")
    }
    if let hash = path.firstIndex(of: "#") {
      let kept = text.prefix(text.count - path[hash...].count)
      throw Problem(
        message: "must not have a fragment (#…)", correction: String(kept),
        isPage: path[..<hash].allSatisfy { $0 == "/" })
    }
    if let bad = text.unicodeScalars.first(where: { !BaseURL.isAllowed($0) }) {
      throw Problem(message: "holds the character \(YAMLText.doubleQuoted(String(bad)))")
    }
    host = try BaseURL.host(of: authority)
  }

  /// Whether the host can only be this machine.
  ///
  /// - Source: RFC 6761, section 6.3; RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3.
  var isLoopback: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let isAddress = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    return isAddress || host == "[::1]" || host == "localhost" || host.hasSuffix(".localhost")
  }

  private static func hierarchy(of text: String) throws(Problem) -> Substring {
    guard let separator = text.firstRange(of: "://") else {
      let isHost = text.first?.isLetter == true && text.contains(".") && !text.contains(":")
      throw Problem(
        message: "must begin with https:// or http://", correction: isHost ? "https://\(text)" : nil
      )
    }
    let scheme = text[..<separator.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else {
      let meant = Spelling.nearest(to: scheme, among: ["https", "http"])
      throw Problem(
        message: "must begin with https:// or http://",
        correction: meant.map { "\($0)\(text[separator.lowerBound...])" })
    }
    return text[separator.upperBound...]
  }

  private static func host(of authority: Substring) throws(Problem) -> String {
    let end =
      authority.first == "[" ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
    let host = authority[..<(end ?? authority.firstIndex(of: ":") ?? authority.endIndex)]
    let port = authority[host.endIndex...]
    guard !host.isEmpty else { throw Problem(message: "has no host") }
    guard isHost(host) else { throw Problem(message: "has no valid host") }
    guard
      port.isEmpty
        || port.first == ":" && port.dropFirst().utf8.allSatisfy(isDigit)
          && (1...65535).contains(Int(port.dropFirst()) ?? 0)
    else { throw Problem(message: "has no valid port; ports are 1 to 65535") }
    return host.lowercased()
  }

  private static func isHost(_ host: Substring) -> Bool {
    if host.first == "[" {
      let inner = host.dropFirst().dropLast()
      return host.last == "]" && inner.contains(":")
        && inner.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
    return host.utf8.allSatisfy { isDigit($0) || isLetter($0) || "-._~".utf8.contains($0) }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0x20 && scalar.value < 0x7F && !"\"<>\\^`{|}".unicodeScalars.contains(scalar)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

extension ConfigurationType where Value == String {
  /// A base URL; whether plain http is allowed is decided with the rest of the provider.
  static var baseURL: ConfigurationType {
    let pattern = "^([Hh][Tt][Tt][Pp][Ss]?://\\S+|.*\\$\\{.+)$"
    return variableText("absolute http(s) URL", pattern: pattern).checked { text, node, reading in
      do throws(BaseURL.Problem) {
        _ = try BaseURL(text)
        return text
      } catch {
        if error.isPage {
          reading.reportPage(node)
          return text
        }
        // A URL that came out of a variable may hold what must not be shown.
        let isWritten = node.string == text
        let correction = isWritten ? error.correction : nil
        reading.report(
          .invalidBaseURL, "\(reading.place) \(error.message)", at: node.span,
          suggestion: correction.map { (YAMLText.scalar($0), node.span) })
        return nil
      }
    }
  }
}

extension Reading {
  /// What belongs in the place of a page the plugin knows, which is asked only where there is no error.
  fileprivate func reportPage(_ node: YAMLNode) {
    report(
      .invalidBaseURL,
      "\(place) is the address of a page: all of it stands behind a #, which is never sent",
      at: node.span, severity: .warning, help: "Paste the address of the API.")
  }
}
