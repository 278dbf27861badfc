/// What may be repeated of a stranger's words.
enum Quotation {
  /// Most that is repeated, in characters.
  private static let limit = 240

  /// Longer words may be secrets and are left out, unless they are ids.
  private static let longestWord = 20

  /// The first line, shortened, without control characters and without anything that could be a token.
  static func of(_ text: String) -> String {
    let line = text.prefix(4 * limit).prefix { !$0.isNewline }
    let words = line.split(separator: " ").map { word in
      isHarmless(word) ? String(word) : "…"
    }
    return String(words.joined(separator: " ").prefix(limit))
  }

  private static func isHarmless(_ word: Substring) -> Bool {
    guard word.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
      return false
    }
    return word.count <= longestWord || isID(word)
  }

  /// Whether a word is a UUID, but for what surrounds it.
  private static func isID(_ word: Substring) -> Bool {
    let marks = "'\"().,:;"
    let bare = word.drop { marks.contains($0) }
    let id = bare.prefix { $0.isHexDigit || $0 == "-" }
    let rest = bare.dropFirst(id.count)
    return rest.allSatisfy(marks.contains)
      && id.split(separator: "-", omittingEmptySubsequences: false).map(\.count) == [
        8, 4, 4, 4, 12,
      ]
  }
}
