/// Writes strings so that YAML reads them back.
package enum YAMLText {
  /// A string as a scalar: plain where that is safe in block and flow style, else double-quoted.
  package static func scalar(_ text: String) -> String {
    isSafePlain(text) ? text : doubleQuoted(text)
  }

  /// A string in double quotes with JSON's escapes, which YAML shares.
  package static func doubleQuoted(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case _ where scalar.value < 0x20:
        output += scalar.value < 0x10 ? "\\u000" : "\\u00"
        output += String(scalar.value, radix: 16)
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }

  private static func isSafePlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last,
      CoreSchema.kind(ofPlain: text) == .string
    else { return false }
    return isWordByte(first) && last != UInt8(ascii: ":")
      && text.utf8.allSatisfy { isWordByte($0) || "./-:+*".utf8.contains($0) }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
