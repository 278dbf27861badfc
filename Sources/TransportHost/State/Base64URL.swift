/// Bytes as text of `A-Z`, `a-z`, `0-9`, `-` and `_`, without padding.
///
/// - Source: RFC 4648, section 5.
enum Base64URL {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  /// The value of each byte as a digit; 64: it is none.
  private static let values = digits.enumerated().reduce(
    into: [UInt8](repeating: 64, count: 256)
  ) { values, digit in values[Int(digit.element)] = UInt8(digit.offset) }

  /// How many digits so many bytes take.
  static func length(of count: Int) -> Int { (8 * count + 5) / 6 }

  /// The text of bytes.
  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(length(of: bytes.count))
    var (bits, count): (UInt32, UInt32) = (0, 0)
    for byte in bytes {
      (bits, count) = (bits << 8 | UInt32(byte), count + 8)
      while count >= 6 {
        count -= 6
        text.append(digits[Int(bits >> count & 63)])
      }
    }
    if count > 0 { text.append(digits[Int(bits << (6 - count) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text; nil where there is something else than a digit.
  ///
  /// - Returns: The bytes, and whether the bits that the last digit has to spare are zero, as they are
  ///   in one spelling only.
  static func bytes(of text: Substring.UTF8View) -> (bytes: [UInt8], isCanonical: Bool)? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var (bits, count): (UInt32, UInt32) = (0, 0)
    for byte in text {
      let value = values[Int(byte)]
      guard value < 64 else { return nil }
      (bits, count) = (bits << 6 | UInt32(value), count + 6)
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
    return (bytes, bits & (1 << count - 1) == 0)
  }
}
