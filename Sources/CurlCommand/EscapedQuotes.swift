/// The content of `$'…'`: escapes as in C, and code points.
///
/// - Source: POSIX.1-2024, Shell Command Language, 2.2.4; `\u` and `\U` as bash and browsers write.
struct EscapedQuotes {
  private let text: [Unicode.Scalar]
  /// Behind what was read so far.
  private(set) var offset: Int
  private var bytes: [UInt8] = []

  /// Starts behind the opening quote.
  init(_ text: [Unicode.Scalar], at offset: Int) {
    self.text = text
    self.offset = offset
  }

  /// Reads up to and with the closing quote; nil when there is none.
  mutating func read() -> String? {
    while let scalar = next() {
      switch scalar {
      case "'": return String(decoding: bytes, as: UTF8.self)
      case "\\": readEscape()
      default: append(scalar)
      }
    }
    return nil
  }

  private mutating func next() -> Unicode.Scalar? {
    guard offset < text.count else { return nil }
    defer { offset += 1 }
    return text[offset]
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func readEscape() {
    guard let scalar = next() else { return }
    switch scalar {
    case "a": append("\u{07}")
    case "b": append("\u{08}")
    case "e", "E": append("\u{1B}")
    case "f": append("\u{0C}")
    case "n": append("\n")
    case "r": append("\r")
    case "t": append("\t")
    case "v": append("\u{0B}")
    case "x": appendByte(number(base: 16, digits: 2))
    case "u": appendCodePoint(number(base: 16, digits: 4))
    case "U": appendCodePoint(number(base: 16, digits: 8))
    case "0"..."7":
      offset -= 1
      appendByte(number(base: 8, digits: 3))
    default: append(scalar)
    }
  }

  private mutating func number(base: UInt32, digits: Int) -> UInt32? {
    var value: UInt32?
    for _ in 0..<digits {
      guard offset < text.count, let digit = Character(text[offset]).hexDigitValue,
        digit < Int(base)
      else { break }
      value = (value ?? 0) &* base &+ UInt32(digit)
      offset += 1
    }
    return value
  }

  private mutating func appendByte(_ value: UInt32?) {
    guard let value else { return }
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  private mutating func appendCodePoint(_ value: UInt32?) {
    append(value.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
  }
}
