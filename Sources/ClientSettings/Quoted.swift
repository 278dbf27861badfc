import JSONText

/// Texts as literals of the languages that settings are written in.
package enum Quoted {
  /// A string of JSON, which JavaScript and Python read alike.
  package static func json(_ text: String) -> String {
    String(decoding: JSONEscape.literal(text), as: UTF8.self)
  }

  /// A basic string of TOML: that of JSON, and U+007F escaped too.
  ///
  /// - Source: https://toml.io/en/v1.0.0#string.
  package static func toml(_ text: String) -> String {
    json(text).split(separator: "\u{7F}", omittingEmptySubsequences: false)
      .joined(separator: "\\u007f")
  }

  /// A word for a POSIX shell: as it is where the shell leaves it alone, else in single quotes.
  ///
  /// - Source: POSIX.1-2024, Shell Command Language, 2.2.2 Single-Quotes.
  package static func shell(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "-_./:@%+,".utf8.contains(byte)
      }
    }
    if isPlain, !text.isEmpty { return text }
    let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + quoted.joined(separator: "'\\''") + "'"
  }
}
