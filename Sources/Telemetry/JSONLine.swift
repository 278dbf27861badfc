#if Gateway

import Logging

/// One JSON object in one line.
struct JSONLine {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  mutating func member(_ name: String, _ text: String) {
    appendName(name)
    append(text)
  }

  mutating func member(_ name: String, _ value: Logger.MetadataValue) {
    appendName(name)
    append(value)
  }

  /// The line with its end.
  consuming func finished() -> [UInt8] {
    bytes.append(contentsOf: "}\n".utf8)
    return bytes
  }

  private mutating func appendName(_ name: String) {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    append(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ value: Logger.MetadataValue) {
    switch value {
    case .string(let text): append(text)
    case .stringConvertible(let value): append(converted: value)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(value)
      }
      bytes.append(UInt8(ascii: "]"))
    case .dictionary(let members):
      bytes.append(UInt8(ascii: "{"))
      for (name, value) in members.sorted(by: { $0.key < $1.key }) { member(name, value) }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// What JSON has a form for keeps it: numbers stay numbers.
  private mutating func append(converted value: any CustomStringConvertible & Sendable) {
    switch value {
    case let value as any FixedWidthInteger: bytes.append(contentsOf: value.description.utf8)
    case let value as Double where value.isFinite:
      let isWhole = value == value.rounded() && abs(value) < 0x1p53
      bytes.append(contentsOf: (isWhole ? "\(Int64(value))" : "\(value)").utf8)
    case let value as Bool: bytes.append(contentsOf: (value ? "true" : "false").utf8)
    default: append(value.description)
    }
  }

  /// Escaped are the quote, the backslash, control characters, and the two separators at which some
  /// readers end a line.
  private mutating func append(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes.append(contentsOf: #"\""#.utf8)
      case "\\": bytes.append(contentsOf: #"\\"#.utf8)
      case "\n": bytes.append(contentsOf: #"\n"#.utf8)
      case "\r": bytes.append(contentsOf: #"\r"#.utf8)
      case "\t": bytes.append(contentsOf: #"\t"#.utf8)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.count)
        bytes.append(contentsOf: "\\u\(zeros)\(digits)".utf8)
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

#endif
