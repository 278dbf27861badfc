/// The types of plain scalars in the core schema of YAML 1.2, where `on`, `off`, `yes` and `no` are
/// strings.
///
/// - Source: YAML 1.2.2, section 10.3.2, tag resolution.
enum CoreSchema {
  static func kind(ofPlain text: String) -> YAMLScalar.Kind {
    switch text {
    case "", "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE", "false", "False", "FALSE": .boolean
    default: isNumberStart(text.utf8.first) ? number(text[...].utf8) : .string
    }
  }

  static func isTrue(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "t") || text.utf8.first == UInt8(ascii: "T")
  }

  private static func isNumberStart(_ byte: UInt8?) -> Bool {
    byte.map { "0123456789+-.".utf8.contains($0) } ?? false
  }

  private static func number(_ text: Substring.UTF8View) -> YAMLScalar.Kind {
    if isRadix(text, "0o", digits: UInt8(ascii: "0")...UInt8(ascii: "7")) || isHexadecimal(text) {
      return .integer
    }
    var rest = text
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if ["inf", "Inf", "INF"].contains(where: { rest.elementsEqual(("." + $0).utf8) }) {
      return .float
    }
    if ["nan", "NaN", "NAN"].contains(where: { text.elementsEqual(("." + $0).utf8) }) {
      return .float
    }
    return decimal(rest)
  }

  private static func decimal(_ text: Substring.UTF8View) -> YAMLScalar.Kind {
    var rest = text
    let whole = skipDigits(&rest)
    if rest.isEmpty { return whole > 0 ? .integer : .string }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard skipDigits(&rest) + whole > 0 else { return .string }
    } else if whole == 0 {
      return .string
    }
    return isExponent(rest) ? .float : .string
  }

  private static func isExponent(_ text: Substring.UTF8View) -> Bool {
    var rest = text
    guard let letter = rest.popFirst() else { return true }
    guard letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") else { return false }
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    return skipDigits(&rest) > 0 && rest.isEmpty
  }

  private static func skipDigits(_ text: inout Substring.UTF8View) -> Int {
    let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    text.removeFirst(digits)
    return digits
  }

  private static func isRadix(
    _ text: Substring.UTF8View, _ prefix: String, digits: ClosedRange<UInt8>
  ) -> Bool {
    text.starts(with: prefix.utf8) && text.count > 2
      && text.dropFirst(2).allSatisfy(digits.contains)
  }

  private static func isHexadecimal(_ text: Substring.UTF8View) -> Bool {
    text.starts(with: "0x".utf8) && text.count > 2
      && text.dropFirst(2).allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }
}
