/// Decodes the content of a string, a piece at a time and without allocating.
struct JSONStringContent {
  /// A stretch of decoded content.
  enum Piece {
    /// Bytes of the text that stand for themselves.
    case plain(Range<Int>)
    /// What an escape stands for; a surrogate without its partner is U+FFFD.
    case escaped(Unicode.Scalar)
  }

  private var offset: Int
  private let limit: Int

  /// Stands before the content of the string at `range`, which has its quotes.
  init(of range: Range<Int>, in text: Span<UInt8>) {
    let bounds = range.clamped(to: 0..<text.count)
    offset = min(bounds.lowerBound + 1, text.count)
    limit = max(offset, bounds.upperBound - 1)
  }

  /// The next piece; nil at the end.
  mutating func next(in text: Span<UInt8>) -> Piece? {
    guard offset < limit else { return nil }
    if text[offset] == UInt8(ascii: "\\") { return .escaped(escape(in: text)) }
    let start = offset
    offset = text.first(UInt8(ascii: "\\"), from: offset, limit: limit) ?? limit
    return .plain(start..<offset)
  }

  private mutating func escape(in text: Span<UInt8>) -> Unicode.Scalar {
    guard offset + 1 < limit else {
      offset = limit
      return "\u{FFFD}"
    }
    let letter = text[offset + 1]
    if letter == UInt8(ascii: "u") { return unicodeEscape(in: text) }
    offset += 2
    return switch letter {
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "t"): "\t"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "b"): "\u{08}"
    case UInt8(ascii: "f"): "\u{0C}"
    default: letter < 0x80 ? Unicode.Scalar(letter) : "\u{FFFD}"
    }
  }

  private mutating func unicodeEscape(in text: Span<UInt8>) -> Unicode.Scalar {
    guard let unit = text.escapedUnit(at: offset, limit: limit) else {
      offset = min(offset + 2, limit)
      return "\u{FFFD}"
    }
    offset += 6
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, let low = text.escapedUnit(at: offset, limit: limit),
      0xDC00...0xDFFF ~= low
    else { return "\u{FFFD}" }
    offset += 6
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }
}

extension Span where Element == UInt8 {
  /// The UTF-16 unit that a `\u` escape at `offset` names; nil when something else stands there.
  func escapedUnit(at offset: Int, limit: Int) -> UInt32? {
    guard offset >= 0, offset + 6 <= Swift.min(limit, count), self[offset] == UInt8(ascii: "\\"),
      self[offset + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt32 = 0
    for index in offset + 2..<offset + 6 {
      guard let digit = self[index].hexDigitValue else { return nil }
      unit = unit << 4 | digit
    }
    return unit
  }
}
