/// Recognises text that is probably a secret, so that no message repeats it.
///
/// A wrong guess costs a blanked-out word in a message, a missed one shows a secret; so it leans
/// towards guessing.
enum SecretPattern {
  /// Runs of letters and digits this long with both in them are not words.
  private static let opaqueRun = 20

  /// Whether a text is probably a secret or holds one.
  static func matches(_ text: String) -> Bool {
    words(of: text).contains { isSecretWord(text.unicodeScalars[$0]) } || hasUserInfo(text)
  }

  /// Whether a text can be the name of a credential: short, and nothing like a secret.
  static func isPlausibleName(_ text: String) -> Bool {
    !matches(text) && text.utf8.count <= 40 && NameRule.identifier.allows(text) && !isHash(text)
  }

  /// A copy of a line in which everything that is probably a secret is blanked out, scalar by
  /// scalar, so that columns stay.
  static func blanking(_ line: String) -> String {
    var scalars = Array(line.unicodeScalars)
    for word in words(of: line) {
      let start = line.unicodeScalars.distance(from: line.startIndex, to: word.lowerBound)
      let part = line.unicodeScalars[word]
      if isSecretWord(part) {
        for offset in start..<(start + part.count) { scalars[offset] = "*" }
      } else if let user = userInfo(part) {
        for offset in user { scalars[start + offset] = "*" }
      }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// The same for a line of a text that is no YAML: whatever follows a key that announces a secret
  /// is blanked out too.
  static func blankingValues(_ line: String) -> String {
    let blanked = blanking(line)
    var start: String.Index?
    for colon in blanked.indices where blanked[colon] == ":" && start == nil {
      let key = blanked[..<colon].split { " {,\"'".contains($0) }.last ?? ""
      if isSecretName(String(key)) { start = blanked.index(after: colon) }
    }
    guard let start else { return blanked }
    return blanked[..<start] + String(repeating: "*", count: blanked[start...].unicodeScalars.count)
  }

  /// Whether a key's name announces a secret.
  static func isSecretName(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["password", "secret", "token", "api_key", "apikey", "api-key"].contains {
      name.contains($0)
    }
  }

  static func hasUserInfo(_ text: String) -> Bool {
    userInfo(text.unicodeScalars[...]) != nil
  }

  private typealias Word = Substring.UnicodeScalarView

  private static func words(of text: String) -> [Range<String.Index>] {
    let scalars = text.unicodeScalars
    var words: [Range<String.Index>] = []
    var start = scalars.startIndex
    for index in scalars.indices
    where " \t\"'`,{}[]()=<>\r\n".unicodeScalars.contains(scalars[index]) {
      if start < index { words.append(start..<index) }
      start = scalars.index(after: index)
    }
    if start < scalars.endIndex { words.append(start..<scalars.endIndex) }
    return words
  }

  /// `sk-…` and its kind, a JSON Web Token, or a long run of letters mixed with digits.
  private static func isSecretWord(_ word: Word) -> Bool {
    let parts = word.split { "/?&:;@|+".unicodeScalars.contains($0) }
    let isKey = parts.contains { part in
      part.starts(with: "sk-".unicodeScalars) && part.count > 6
        || part.starts(with: "eyJ".unicodeScalars) && part.count > 16
    }
    return isKey
      || word.split { !isLetterOrDigit($0) }.contains { run in
        run.count >= opaqueRun && run.contains(where: isDigit) && !run.allSatisfy(isDigit)
      }
  }

  /// The offsets of `user:password` in `scheme://user:password@host`.
  private static func userInfo(_ word: Word) -> Range<Int>? {
    let scalars = Array(word)
    guard
      let colon = scalars.indices.first(where: { scalars[$0...].starts(with: "://".unicodeScalars) }
      )
    else { return nil }
    let authority = scalars[(colon + 3)...].prefix { !"/?#".unicodeScalars.contains($0) }
    guard let at = authority.lastIndex(of: "@"), at > authority.startIndex else { return nil }
    return authority.startIndex..<at
  }

  /// A UUID or a hexadecimal string is a key, not a name.
  private static func isHash(_ text: String) -> Bool {
    let digits = text.filter { $0 != "-" }
    return digits.count >= 16 && digits.allSatisfy(\.isHexDigit)
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }
}
