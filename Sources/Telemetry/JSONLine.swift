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
    // One type after the other: asking for any integer would search all conformances, each time.
    switch value {
    case let value as Int: bytes.append(contentsOf: "\(value)".utf8)
    case let value as Int64: bytes.append(contentsOf: "\(value)".utf8)
    case let value as Bool: bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case let value as Double where value.isFinite: append(finite: value)
    case let value as UInt64: bytes.append(contentsOf: "\(value)".utf8)
    case let value as UInt: bytes.append(contentsOf: "\(value)".utf8)
    case let value as Int32: bytes.append(contentsOf: "\(value)".utf8)
    case let value as UInt32: bytes.append(contentsOf: "\(value)".utf8)
    case let value as UInt16: bytes.append(contentsOf: "\(value)".utf8)
    default: append(value.description)
    }
  }

  private mutating func append(finite value: Double) {
    let isWhole = value == value.rounded() && abs(value) < 0x1p53
    bytes.append(contentsOf: (isWhole ? "\(Int64(value))" : "\(value)").utf8)
  }

  /// Escaped are the quote, the backslash, control characters, and the two separators at which some
  /// readers end a line.
  private mutating func append(_ text: String) {
    let content = text.utf8.span
    bytes.append(UInt8(ascii: "\""))
    var index = 0
    while index < content.count {
      let byte = content[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(UInt8(ascii: "\\"), byte)
      case UInt8(ascii: "\n"): append(UInt8(ascii: "\\"), UInt8(ascii: "n"))
      case UInt8(ascii: "\r"): append(UInt8(ascii: "\\"), UInt8(ascii: "r"))
      case UInt8(ascii: "\t"): append(UInt8(ascii: "\\"), UInt8(ascii: "t"))
      case 0..<0x20, 0x7F: append(escaped: UInt32(byte))
      // U+0080 to U+009F.
      case 0xC2 where content[index + 1] < 0xA0:
        append(escaped: UInt32(content[index + 1]))
        index += 1
      // U+2028 and U+2029.
      case 0xE2 where content[index + 1] == 0x80 && content[index + 2] & 0xFE == 0xA8:
        append(escaped: 0x2000 | UInt32(content[index + 2] & 0x3F))
        index += 2
      default: bytes.append(byte)
      }
      index += 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ first: UInt8, _ second: UInt8) {
    bytes.append(first)
    bytes.append(second)
  }

  private mutating func append(escaped scalar: UInt32) {
    let digits = String(scalar, radix: 16)
    let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
    bytes.append(contentsOf: "\\u\(zeros)\(digits)".utf8)
  }
}

#endif
