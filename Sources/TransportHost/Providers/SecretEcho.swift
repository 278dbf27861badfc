internal import JSONText

/// Finds a secret in what somebody repeats: as it is, as a form or JSON writes it, or its first half.
struct SecretEcho: Sendable {
  /// A way to write the secret, and how much of it gives it away.
  private struct Form: Sendable {
    let bytes: [UInt8]
    /// The first half, since a text that was cut, or a masked echo, must not give that away either.
    let least: Int
  }

  private let forms: [Form]
  /// Whether the secret is so short that it counts only as a word of its own: elsewhere it would blank
  /// words that merely look alike.
  private let isShort: Bool

  /// The fewest bytes that are looked for inside of words.
  private static let shortest = 8
  /// The fewest bytes that are looked for at all: with fewer a word is blanked in every other sentence.
  private static let shortestWord = 4
  /// The fewest bytes of a line of a longer text that are looked for by themselves.
  private static let shortestLine = 16

  /// Takes in a secret; of one with several lines, such as a PEM text, each line counts.
  init(of secret: String) {
    isShort = secret.utf8.count < Self.shortest
    var writings = [Array(secret.utf8)]
    writings += secret.utf8.split { $0 == 0x0A || $0 == 0x0D }
      .filter { $0.count >= Self.shortestLine && !$0.starts(with: "-----".utf8) }.map { Array($0) }
    for form in Self.encodings(of: secret) where !writings.contains(form) { writings.append(form) }
    let isShort = isShort
    forms = writings.filter { $0.count >= Self.shortestWord }.map { bytes in
      Form(bytes: bytes, least: isShort ? bytes.count : Self.leastLength(of: bytes.count))
    }
  }

  /// How much of a form of so many bytes must stand in a text to be taken out of it.
  static func leastLength(of length: Int) -> Int { max(shortest, (length + 1) / 2) }

  /// How long an echo is that begins at a place of a text; 0: none does.
  func length(at start: Int, in text: [UInt8]) -> Int {
    var longest = 0
    for form in forms where text[start] == form.bytes[0] {
      var length = 1
      while length < form.bytes.count, start + length < text.count,
        text[start + length] == form.bytes[length]
      { length += 1 }
      if length >= form.least, !isShort || Self.isWord(start..<start + length, of: text) {
        longest = max(longest, length)
      }
    }
    return longest
  }

  /// The fewest bytes of a text in which an echo can stand.
  var least: Int { forms.map(\.least).min() ?? .max }

  /// Whether forms and JSON write the secret as it is, and it is long enough to be looked for anywhere.
  static func isPlain(_ secret: String) -> Bool {
    secret.utf8.count >= shortest
      && secret.utf8.allSatisfy { byte in
        byte < 0x80 && (isLetterOrDigit(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F)
      }
  }

  /// The secret as forms and JSON may write it.
  private static func encodings(of secret: String) -> [[UInt8]] {
    guard !isPlain(secret) else { return [] }
    let percent = String(decoding: FormText.encoded(secret), as: UTF8.self)
    let json = String(decoding: JSONEscape.literal(secret).dropFirst().dropLast(), as: UTF8.self)
    return [
      percent, percent.replacing("%20", with: "+"), lowerCaseEscapes(percent), json,
      json.replacing("/", with: "\\/"),
    ].map { Array($0.utf8) }
  }

  private static func lowerCaseEscapes(_ percent: String) -> String {
    var rest = 0
    return String(
      decoding: percent.utf8.map { byte -> UInt8 in
        defer { rest = byte == UInt8(ascii: "%") ? 2 : max(0, rest - 1) }
        return rest > 0 && (0x41...0x46).contains(byte) ? byte | 0x20 : byte
      }, as: UTF8.self)
  }

  private static func isWord(_ range: Range<Int>, of text: [UInt8]) -> Bool {
    let isOpen = range.lowerBound == 0 || !isLetterOrDigit(text[range.lowerBound - 1])
    return isOpen && (range.upperBound == text.count || !isLetterOrDigit(text[range.upperBound]))
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: byte >= 0x80
    }
  }
}
