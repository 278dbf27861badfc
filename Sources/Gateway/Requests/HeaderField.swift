/// Finds headers by name.
enum HeaderField {
  /// The value of a header; of several the first.
  ///
  /// - Parameters:
  ///   - name: In lower case.
  ///   - headers: With names as clients write them.
  /// - Returns: Its value; nil where there is none.
  static func value(
    _ name: StaticString, in headers: [(name: String, value: String)]
  ) -> String? {
    headers.first { isNamed($0.name, name) }?.value
  }

  /// Whether a name is `expected`, which is in lower case; nothing is copied for it.
  static func isNamed(_ name: String, _ expected: StaticString) -> Bool {
    name.utf8.count == expected.utf8CodeUnitCount && hasPrefix(name, expected)
  }

  /// Whether a name begins with `prefix`, which is in lower case.
  static func hasPrefix(_ name: String, _ prefix: StaticString) -> Bool {
    guard name.utf8.count >= prefix.utf8CodeUnitCount else { return false }
    return prefix.withUTF8Buffer { bytes in
      unsafe zip(name.utf8, bytes).allSatisfy { lower($0) == $1 }
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
