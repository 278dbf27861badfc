extension YAMLSource {
  /// Refuses what is no YAML text at all, before the grammar sees it.
  func check(_ bytes: [UInt8], limits: YAMLLimits) throws(YAMLError) {
    guard bytes.count <= limits.bytes else {
      throw YAMLError(
        .tooLarge, "the file has \(bytes.count) bytes; at most \(limits.bytes) are read",
        at: span(0, 0), help: "Split it, or remove what is generated.")
    }
    try checkEncoding(bytes)
    guard let offset = scalars.firstIndex(where: { !YAMLSource.isPrintable($0) }) else { return }
    let code = String(scalars[offset].value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
    throw YAMLError(
      .controlCharacter, "the character \(name) is not allowed in YAML",
      at: span(offset, offset + 1),
      help: "Remove it, or write it as an escape in a double-quoted string.")
  }

  private func checkEncoding(_ bytes: [UInt8]) throws(YAMLError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw YAMLError(
        .invalidUTF8, "the file is UTF-16", at: span(0, 0), help: "Save it as UTF-8.")
    }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let valid = String(decoding: bytes[..<error.byteOffsets.lowerBound], as: UTF8.self)
      let marked = bytes.starts(with: YAMLSource.byteOrderMark)
      let offset = valid.unicodeScalars.count - (marked ? 1 : 0)
      throw YAMLError(
        .invalidUTF8,
        "the byte 0x\(String(bytes[error.byteOffsets.lowerBound], radix: 16)) is not UTF-8 here",
        at: span(offset, offset + 1), help: "Save the file as UTF-8.")
    }
  }

  /// What YAML calls printable.
  ///
  /// - Source: YAML 1.2.2, production 1, without the byte order mark inside a text, which libyaml
  ///   refuses.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
      0x10000...0x10FFFF:
      true
    default: false
    }
  }
}
