/// Texts of RFC 7468: blocks between `-----BEGIN …-----` and `-----END …-----`.
package enum PEM {
  /// The certificates of a text as PEM, in their order, and nothing else of it; empty where it has
  /// none.
  package static func certificates(in text: String) -> String {
    var out = ""
    var isInside = false
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      if line.hasPrefix("-----BEGIN CERTIFICATE-----") { isInside = true }
      if isInside { out += line + "\n" }
      if line.hasPrefix("-----END ") { isInside = false }
    }
    return out
  }

  /// Whether the first private key of a text needs a password.
  static func isEncrypted(_ text: String) -> Bool {
    let lines = text.split(whereSeparator: \.isNewline)
    guard
      let first = lines.firstIndex(where: {
        $0.hasPrefix("-----BEGIN ") && $0.contains("PRIVATE KEY-----")
      })
    else { return false }
    return lines[first].contains("ENCRYPTED")
      || lines[first...].dropFirst().first?.hasPrefix("Proc-Type: 4,ENCRYPTED") ?? false
  }
}
