extension JSONScanner {
  /// Reads a string, from its opening quote.
  mutating func string(in text: Span<UInt8>) throws(JSONTextError) {
    offset += 1
    while true {
      offset = text.firstUndecidedInString(from: offset)
      guard offset < text.count else { throw JSONTextError(.unexpectedEnd, at: offset) }
      switch text[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return
      case UInt8(ascii: "\\"):
        try escapes(in: text)
      default:
        throw JSONTextError(.controlCharacter, at: offset)
      }
    }
  }

  /// Reads escapes as long as they follow each other: text that is escaped throughout is common.
  @inline(__always)
  private mutating func escapes(in text: Span<UInt8>) throws(JSONTextError) {
    repeat {
      guard offset + 1 < text.count else { throw JSONTextError(.unexpectedEnd, at: text.count) }
      switch text[offset + 1] {
      case UInt8(ascii: "u"):
        offset += 2
        for _ in 0..<4 { try digit(in: text, .expectedHexDigit, where: \.isHexDigit) }
      case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "t"),
        UInt8(ascii: "/"), UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"):
        offset += 2
      default:
        throw JSONTextError(.unknownEscape, at: offset + 1)
      }
    } while offset < text.count && text[offset] == UInt8(ascii: "\\")
  }

  /// Reads a number, from its sign or first digit.
  mutating func number(in text: Span<UInt8>) throws(JSONTextError) {
    if text[offset] == UInt8(ascii: "-") { offset += 1 }
    let start = offset
    try digits(in: text)
    if text[start] == UInt8(ascii: "0"), offset > start + 1 {
      throw JSONTextError(.leadingZero, at: start + 1)
    }
    if take(UInt8(ascii: "."), in: text) { try digits(in: text) }
    if take(UInt8(ascii: "e"), in: text) || take(UInt8(ascii: "E"), in: text) {
      if !take(UInt8(ascii: "+"), in: text) { _ = take(UInt8(ascii: "-"), in: text) }
      try digits(in: text)
    }
  }

  /// Reads one of the three words.
  @inline(__always)
  mutating func literal(
    _ word: StaticString, in text: Span<UInt8>
  ) throws(JSONTextError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard offset < text.count else { throw JSONTextError(.unexpectedEnd, at: offset) }
      // SAFETY: the index is below the count of a word that lives as long as the program.
      guard text[offset] == (unsafe word.utf8Start[index]) else {
        throw JSONTextError(.unknownLiteral, at: offset)
      }
      offset += 1
    }
  }

  private mutating func digits(in text: Span<UInt8>) throws(JSONTextError) {
    try digit(in: text, .expectedDigit, where: \.isDigit)
    while offset < text.count, text[offset].isDigit { offset += 1 }
  }

  @inline(__always)
  private mutating func digit(
    in text: Span<UInt8>, _ reason: JSONTextError.Reason, where isDigit: (UInt8) -> Bool
  ) throws(JSONTextError) {
    guard offset < text.count else { throw JSONTextError(.unexpectedEnd, at: offset) }
    guard isDigit(text[offset]) else { throw JSONTextError(reason, at: offset) }
    offset += 1
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8, in text: Span<UInt8>) -> Bool {
    guard offset < text.count, text[offset] == byte else { return false }
    offset += 1
    return true
  }
}
