extension UInt8 {
  /// Whether RFC 8259 counts the byte as white space.
  @inline(__always)
  var isJSONSpace: Bool {
    // One comparison decides for nearly every byte of a text without indentation.
    self <= 0x20 && (self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09)
  }

  /// Whether the byte is an ASCII digit.
  @inline(__always)
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  /// Whether a string's plain content cannot hold the byte.
  @inline(__always)
  var stopsString: Bool { self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") }

  /// Whether the byte is an ASCII hexadecimal digit.
  @inline(__always)
  var isHexDigit: Bool {
    // At most one holds; comparing them needs no branch, which mixed digits would mispredict.
    isDigit != ((self | 0x20) &- UInt8(ascii: "a") < 6)
  }

  /// The value of an ASCII hexadecimal digit; nil for any other byte.
  @inline(__always)
  var hexDigitValue: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
