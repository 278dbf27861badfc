extension CoreSchema {
  /// A number of the core schema as JSON writes it: untouched where JSON allows that form.
  ///
  /// - Returns: nil for `.inf` and `.nan`, which JSON cannot write.
  static func json(ofNumber text: String) -> String? {
    if text.hasPrefix("0o") { return decimal(of: text.dropFirst(2), radix: 8) }
    if text.hasPrefix("0x") { return decimal(of: text.dropFirst(2), radix: 16) }
    let isNegative = text.hasPrefix("-")
    let unsigned = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard unsigned.utf8.contains(where: { $0 < UInt8(ascii: ":") && $0 > UInt8(ascii: "/") }) else {
      return nil
    }
    let tail = unsigned.drop { $0.isNumber }
    let zeros = unsigned.prefix { $0.isNumber }.drop { $0 == "0" }
    return (isNegative ? "-" : "") + (zeros.isEmpty ? "0" : zeros) + fraction(tail)
  }

  /// JSON wants a digit after the point: `1.` and `1.e5` lose theirs.
  private static func fraction(_ tail: Substring) -> Substring {
    guard tail.first == "." else { return tail }
    let rest = tail.dropFirst()
    return rest.first?.isNumber == true ? tail : rest
  }

  /// Exact at any length: an identifier in hexadecimal may be longer than 64 bits.
  private static func decimal(of digits: Substring, radix: Int) -> String {
    var number: [Int] = [0]
    for digit in digits {
      var carry = digit.hexDigitValue ?? 0
      for index in number.indices {
        carry += number[index] * radix
        number[index] = carry % 10
        carry /= 10
      }
      while carry > 0 {
        number.append(carry % 10)
        carry /= 10
      }
    }
    return number.reversed().map(String.init).joined()
  }
}
