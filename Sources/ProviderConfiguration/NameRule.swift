/// What a name may look like, as a check and as the pattern of the JSON Schema.
struct NameRule: Sendable {
  /// The rule in words: "letters, digits …".
  let words: String
  /// The same rule as a regular expression; nil where none says it.
  let pattern: String?
  let allows: @Sendable (String) -> Bool

  /// Ids of providers, credentials, plugins and targets.
  ///
  /// A plugin's id becomes part of a file name, so no slash gets in.
  static let identifier = NameRule(
    words: "1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit",
    pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
  ) { text in
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    return isAlphanumeric(first)
      && text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
  }

  /// Names of environment variables.
  static let variable = NameRule(
    words: "letters, digits and underscores, the first no digit",
    pattern: "^[A-Za-z_][A-Za-z0-9_]*$"
  ) { text in
    guard let first = text.utf8.first, !isDigit(first) else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
  }

  /// Names of models: whatever a client may send.
  static let model = NameRule(
    words: "1 to 256 characters, none a control character, no space at either end",
    pattern: "^\\S([^\\u0000-\\u001f]{0,254}\\S)?$"
  ) { text in
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, scalars.count <= 256 else {
      return false
    }
    return !first.properties.isWhitespace && !last.properties.isWhitespace
      && scalars.allSatisfy { $0.value >= 0x20 }
  }

  /// Names of header fields.
  ///
  /// - Source: RFC 9110, section 5.6.2, token.
  static let header = NameRule(
    words: "letters, digits and the signs !#$%&'*+-.^_`|~",
    pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
  ) { text in
    !text.isEmpty
      && text.utf8.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
  }

  /// Names of parameters; those of the caller are refused with words of their own.
  static let parameter = NameRule(words: "any text", pattern: "^(?!(input|model|stream)$).") {
    !$0.isEmpty
  }

  /// Names that are not the host's business, such as those of options.
  static let any = NameRule(words: "any text", pattern: nil) { !$0.isEmpty }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
