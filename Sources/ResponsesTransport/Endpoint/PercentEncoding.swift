/// Percent-encoding of the parts of a URL.
/// - Source: RFC 3986, sections 2.1 to 2.3 and 3.3 to 3.4.
public enum PercentEncoding {
  /// Where a text stands.
  enum Place {
    /// Between two slashes.
    case path
    /// Behind the question mark. Brackets are let through, as every list parameter has them.
    case query
  }

  /// Encodes all but the unreserved characters, as a part of a path or one side of a query pair.
  public static func encode(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      if isUnreserved(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += byte < 16 ? "%0" : "%"
        encoded += String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }

  /// Decodes; bytes that are no UTF-8 become U+FFFD.
  public static func decode(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let high = rest.first?.hexValue,
        let low = rest.dropFirst().first?.hexValue
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Refuses what may not stand in a URL as it is.
  ///
  /// - Throws: ``EndpointURLError`` that names the character.
  static func check(_ text: Substring, allowing place: Place) throws(EndpointURLError) {
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "%" {
        guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(\.properties.isASCIIHexDigit)
        else { throw EndpointURLError(.percent) }
      } else if !isAllowed(scalar, in: place) {
        throw EndpointURLError(.character(scalar))
      }
    }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar, in place: Place) -> Bool {
    guard scalar.isASCII else { return false }
    if isUnreserved(UInt8(scalar.value)) || "!$&'()*+,;=:@".unicodeScalars.contains(scalar) {
      return true
    }
    return place == .query && "/?[]".unicodeScalars.contains(scalar)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
  }
}

extension UInt8 {
  fileprivate var hexValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
