/// Text of a form and of a query.
/// - Source: the URL Standard, application/x-www-form-urlencoded; RFC 3986, section 2.3.
enum FormText {
  /// Encodes all but letters, digits, `-`, `.` and `_`; right in a form and in a query.
  static func encode(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      if byte.isASCIIAlphanumeric || "-._".utf8.contains(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += byte < 16 ? "%0" : "%"
        encoded += String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }

  /// Joins pairs with `&`.
  static func join(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { "\($0.name)=\(encode($0.value))" }.joined(separator: "&")
  }
}
