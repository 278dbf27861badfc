/// Writes strings as JSON.
public enum JSONEscape {
  /// Appends `string` as a JSON string, quotes included.
  ///
  /// Escaped is only what RFC 8259 section 7 demands: the quote, the backslash and the control
  /// characters below U+0020, by their short forms where they have one.
  ///
  /// - Parameters:
  ///   - string: The content.
  ///   - bytes: What the JSON string is appended to.
  public static func append(_ string: String, to bytes: inout [UInt8]) {
    let content = string.utf8.span
    bytes.append(UInt8(ascii: "\""))
    var offset = 0
    while offset < content.count {
      let stop = content.firstStringStop(from: offset)
      bytes.append(contentsOf: content, in: offset..<stop)
      if stop < content.count { appendEscape(of: content[stop], to: &bytes) }
      offset = stop + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// `string` as a JSON string, quotes included.
  ///
  /// - Parameter string: The content.
  /// - Returns: The JSON string's bytes.
  public static func literal(_ string: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(string.utf8.count + 2)
    append(string, to: &bytes)
    return bytes
  }

  private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
      let low = byte & 0x0F
      bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }
  }
}

extension [UInt8] {
  /// Appends a part of `span`.
  mutating func append(contentsOf span: Span<UInt8>, in range: Range<Int>) {
    // SAFETY: the buffer is read within the closure only; extracting checks the range.
    unsafe span.extracting(range).withUnsafeBufferPointer { buffer in
      unsafe append(contentsOf: buffer)
    }
  }
}
