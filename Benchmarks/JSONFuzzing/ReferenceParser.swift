/// The grammar of RFC 8259 once more, written for being obviously right and not for speed.
///
/// It recurses, so that its texts must not nest deeper than a stack is long.
package struct ReferenceParser {
  private let text: [UInt8]
  private var offset = 0

  private init(_ text: [UInt8]) {
    self.text = text
  }

  /// Reads a whole text.
  ///
  /// - Parameter text: Any bytes, nested at most some thousand levels deep.
  /// - Returns: Whether they are one JSON value in valid UTF-8.
  package static func accepts(_ text: [UInt8]) -> Bool {
    guard String(validating: text, as: UTF8.self) != nil else { return false }
    var parser = ReferenceParser(text)
    parser.space()
    guard parser.value() else { return false }
    parser.space()
    return parser.offset == text.count
  }

  private var byte: UInt8? { offset < text.count ? text[offset] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: scalar) else { return false }
    offset += 1
    return true
  }

  private mutating func take(where isWanted: (Unicode.Scalar) -> Bool) -> Bool {
    guard let byte, isWanted(Unicode.Scalar(byte)) else { return false }
    offset += 1
    return true
  }

  private mutating func space() {
    while take(where: { " \t\r\n".unicodeScalars.contains($0) }) {}
  }

  private mutating func value() -> Bool {
    switch byte {
    case UInt8(ascii: "{"): elements(open: "{", close: "}") { $0.member() }
    case UInt8(ascii: "["): elements(open: "[", close: "]") { $0.value() }
    case UInt8(ascii: "\""): string()
    case UInt8(ascii: "t"): word("true")
    case UInt8(ascii: "f"): word("false")
    case UInt8(ascii: "n"): word("null")
    default: number()
    }
  }

  private mutating func elements(
    open: Unicode.Scalar, close: Unicode.Scalar, _ element: (inout Self) -> Bool
  ) -> Bool {
    guard take(open) else { return false }
    space()
    if take(close) { return true }
    while true {
      space()
      guard element(&self) else { return false }
      space()
      if take(close) { return true }
      guard take(",") else { return false }
    }
  }

  private mutating func member() -> Bool {
    guard string() else { return false }
    space()
    guard take(":") else { return false }
    space()
    return value()
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let next = byte {
      offset += 1
      if next == UInt8(ascii: "\"") { return true }
      if next < 0x20 { return false }
      if next == UInt8(ascii: "\\"), !escape() { return false }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard take("u") else { return take { "\"\\/bfnrt".unicodeScalars.contains($0) } }
    return (0..<4).allSatisfy { _ in take { $0.properties.isASCIIHexDigit } }
  }

  private mutating func word(_ word: String) -> Bool {
    word.unicodeScalars.allSatisfy { take($0) }
  }

  private mutating func digits() -> Bool {
    guard take(where: { ("0"..."9").contains($0) }) else { return false }
    while take(where: { ("0"..."9").contains($0) }) {}
    return true
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0"), !digits() { return false }
    if take("."), !digits() { return false }
    guard take("e") || take("E") else { return true }
    _ = take("+") || take("-")
    return digits()
  }
}
