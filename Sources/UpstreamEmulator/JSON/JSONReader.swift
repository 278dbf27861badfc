extension JSON {
  /// Why a text is not JSON.
  package struct ReadingError: Error, Hashable {
    /// What was wrong, in a few words.
    package let reason: String
    /// Where, in bytes from the start.
    package let offset: Int
  }

  /// Reads one JSON text by the letter of RFC 8259.
  ///
  /// - Parameters:
  ///   - bytes: The whole text; nothing but white space may follow the value.
  ///   - depthLimit: How many arrays and objects may lie inside each other.
  /// - Throws: `ReadingError` at the first byte that does not belong, also for bytes that are not
  ///   UTF-8 and for escapes that name half a surrogate pair.
  package init(parsing bytes: [UInt8], depthLimit: Int = 128) throws(ReadingError) {
    var reader = JSONReader(bytes: bytes, depthLimit: depthLimit)
    self = try reader.wholeText()
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  let depthLimit: Int
  var offset = 0
  var depth = 0

  mutating func wholeText() throws(JSON.ReadingError) -> JSON {
    let value = try value()
    skipWhiteSpace()
    guard offset == bytes.count else { throw failure("something follows the value") }
    return value
  }

  private func failure(_ reason: String) -> JSON.ReadingError {
    JSON.ReadingError(reason: reason, offset: offset)
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipWhiteSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func value() throws(JSON.ReadingError) -> JSON {
    skipWhiteSpace()
    switch next {
    case UInt8(ascii: "{"):
      return try nested { reader throws(JSON.ReadingError) in try reader.object() }
    case UInt8(ascii: "["):
      return try nested { reader throws(JSON.ReadingError) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw failure("the text ends where a value is due")
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(JSON.ReadingError) -> JSON
  ) throws(JSON.ReadingError) -> JSON {
    guard depth < depthLimit else { throw failure("nested too deeply") }
    depth += 1
    offset += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSON.ReadingError) -> JSON
  {
    for byte in word.description.utf8 where !take(byte) { throw failure("an unknown word") }
    return value
  }

  private mutating func object() throws(JSON.ReadingError) -> JSON {
    var members: [JSON.Member] = []
    skipWhiteSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipWhiteSpace()
      guard next == UInt8(ascii: "\"") else { throw failure("a member without a name") }
      let name = try string()
      skipWhiteSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("a name without a colon") }
      members.append(JSON.Member(name: name, value: try value()))
      skipWhiteSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw failure("members without a comma") }
    }
  }

  private mutating func array() throws(JSON.ReadingError) -> JSON {
    var items: [JSON] = []
    skipWhiteSpace()
    if take(UInt8(ascii: "]")) { return .array(items) }
    while true {
      items.append(try value())
      skipWhiteSpace()
      if take(UInt8(ascii: "]")) { return .array(items) }
      guard take(UInt8(ascii: ",")) else { throw failure("items without a comma") }
    }
  }

  private mutating func number() throws(JSON.ReadingError) -> JSON {
    let start = offset
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return .number(String(decoding: bytes[start..<offset], as: UTF8.self))
  }

  private mutating func digits() throws(JSON.ReadingError) {
    let start = offset
    while let byte = next, byte >= 0x30, byte <= 0x39 { offset += 1 }
    guard offset > start else { throw failure("a digit is missing") }
  }

  private mutating func string() throws(JSON.ReadingError) -> String {
    offset += 1
    var decoded: [UInt8] = []
    var runStart = offset
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        decoded += bytes[runStart..<offset]
        offset += 1
        guard let text = String(validating: decoded, as: UTF8.self) else {
          throw failure("a string that is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"):
        decoded += bytes[runStart..<offset]
        offset += 1
        decoded += try escape().utf8
        runStart = offset
      case 0..<0x20: throw failure("a control character inside a string")
      default: offset += 1
      }
    }
    throw failure("a string without an end")
  }

  private mutating func escape() throws(JSON.ReadingError) -> String {
    guard let byte = next else { throw failure("an escape without an end") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return String(UnicodeScalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw failure("an unknown escape")
    }
  }

  private mutating func unicodeEscape() throws(JSON.ReadingError) -> String {
    let first = try hexadecimal()
    if let scalar = UnicodeScalar(first) { return String(scalar) }
    guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw failure("half a surrogate pair")
    }
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = UnicodeScalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    else { throw failure("half a surrogate pair") }
    return String(scalar)
  }

  private mutating func hexadecimal() throws(JSON.ReadingError) -> UInt32 {
    guard offset + 4 <= bytes.count else { throw failure("an escape without an end") }
    var value: UInt32 = 0
    for byte in bytes[offset..<offset + 4] {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
        throw failure("an escape that is not hexadecimal")
      }
      value = value << 4 | UInt32(digit)
    }
    offset += 4
    return value
  }
}
