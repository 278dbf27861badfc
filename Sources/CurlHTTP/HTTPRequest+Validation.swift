extension HTTPRequest {
  /// Refuses what must not reach the wire: a bad URL, and anything that could smuggle in a header.
  ///
  /// - Throws: `badURL` or `badRequest`; the text names the header and never shows its value.
  func validate() throws(HTTPError) {
    guard method.isHTTPToken else { throw HTTPError(.badRequest, "the method is not a token") }
    try validateURL()
    for header in headers {
      guard header.name.isHTTPToken else {
        throw HTTPError(.badRequest, "a header name is not a token")
      }
      guard !header.value.utf8Span.span.contains({ $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else {
        throw HTTPError(.badRequest, "the value of \"\(header.name)\" holds CR, LF or NUL")
      }
      guard !header.isFraming else {
        throw HTTPError(.badRequest, "\"\(header.name)\" belongs to the engine")
      }
    }
  }

  private func validateURL() throws(HTTPError) {
    let bytes = url.utf8Span.span
    guard !bytes.contains({ $0 <= 0x20 || $0 == 0x7F }) else {
      throw HTTPError(.badURL, "the URL holds a space or a control character")
    }
    guard let schemeLength = bytes.httpSchemeLength else {
      throw HTTPError(.badURL, "the URL's scheme is neither http nor https")
    }
    var end = schemeLength
    while end < bytes.count, !bytes[end].endsAuthority {
      guard bytes[end] != UInt8(ascii: "@") else {
        throw HTTPError(.badURL, "the URL holds user information")
      }
      end += 1
    }
    guard end > schemeLength else { throw HTTPError(.badURL, "the URL has no host") }
  }
}

extension HTTPHeader {
  /// Whether the engine writes this field itself: two of them would split the body.
  fileprivate var isFraming: Bool {
    switch name.utf8.count {
    case 6: name.lowercased() == "expect"
    case 14: name.lowercased() == "content-length"
    case 17: name.lowercased() == "transfer-encoding"
    default: false
    }
  }
}

extension String {
  /// Whether this is a `token` of RFC 9110 section 5.6.2.
  fileprivate var isHTTPToken: Bool {
    !isEmpty && !utf8Span.span.contains { !$0.isHTTPTokenCharacter }
  }
}

extension Span<UInt8> {
  /// Whether a byte is of a kind.
  fileprivate func contains(_ isWanted: (UInt8) -> Bool) -> Bool {
    for index in indices where isWanted(self[index]) { return true }
    return false
  }

  /// The length of `http://` or `https://` at the start, or nil for any other scheme.
  fileprivate var httpSchemeLength: Int? {
    if begins(with: "http://") { return 7 }
    return begins(with: "https://") ? 8 : nil
  }

  /// Whether it begins with ASCII in small letters, in any case.
  private func begins(with lead: StaticString) -> Bool {
    guard count >= lead.utf8CodeUnitCount else { return false }
    let lead = unsafe UnsafeBufferPointer(start: lead.utf8Start, count: lead.utf8CodeUnitCount)
    for index in lead.indices {
      guard unsafe self[index].asciiLowercased == lead[index] else { return false }
    }
    return true
  }
}

extension UInt8 {
  /// This byte with an ASCII capital made small.
  var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  fileprivate var isHTTPTokenCharacter: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    // ! # $ % & ' * + - . ^ _ ` | ~
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
    default: false
    }
  }

  /// `/`, `?` and `#`, and the backslash that some parsers read as a slash.
  fileprivate var endsAuthority: Bool {
    self == 0x2F || self == 0x3F || self == 0x23 || self == 0x5C
  }
}
