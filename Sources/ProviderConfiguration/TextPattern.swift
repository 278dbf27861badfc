/// A text, or a pattern of texts: a `*` stands for one or more characters, and alone for anything.
package struct TextPattern: Sendable, Hashable {
  /// As written.
  package let text: String
  /// What stands between the stars; one piece for a text without any.
  private let pieces: [[UInt8]]

  /// Reads a pattern.
  package init(_ text: String) {
    self.text = text
    pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map(Array.init)
  }

  /// Whether it matches whatever there is.
  package var isAnything: Bool { text == "*" }

  /// Whether a text is this one, or is one of the pattern's.
  package func matches(_ candidate: String) -> Bool {
    if isAnything { return true }
    guard pieces.count > 1, let first = pieces.first, let last = pieces.last else {
      return candidate == text
    }
    let bytes = candidate.utf8
    guard bytes.starts(with: first) else { return false }
    var rest = bytes.dropFirst(first.count)
    for piece in pieces.dropFirst().dropLast() {
      guard let next = TextPattern.rest(behind: piece, in: rest.dropFirst()) else { return false }
      rest = next
    }
    return rest.count > last.count && rest.suffix(last.count).elementsEqual(last)
  }

  private static func rest(
    behind piece: [UInt8], in bytes: Substring.UTF8View
  ) -> Substring.UTF8View? {
    var rest = bytes
    while rest.count >= piece.count {
      if rest.starts(with: piece) { return rest.dropFirst(piece.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
