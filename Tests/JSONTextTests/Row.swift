import Testing

/// A text with a name, as one row of a table.
struct Row: Sendable, CustomTestStringConvertible {
  let name: String
  let text: [UInt8]

  init(_ name: String, _ text: String) {
    self.init(name, bytes: Array(text.utf8))
  }

  init(_ name: String, bytes: [UInt8]) {
    self.name = name
    text = bytes
  }

  var testDescription: String { name }
}

/// The bytes of `string`.
func utf8(_ string: String) -> [UInt8] { Array(string.utf8) }

extension [UInt8] {
  /// The bytes as text, for comparisons that a person reads.
  var text: String { String(decoding: self, as: UTF8.self) }
}
