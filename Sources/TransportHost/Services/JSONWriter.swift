import JSONText

/// Writes the JSON of results: objects and arrays as closures, so that commas are nobody's business.
package struct JSONWriter: Sendable {
  /// What was written.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// An empty text.
  package init() {}

  /// Writes an object.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    enclosed("{", "}", body)
  }

  /// Writes an array, an element a call.
  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ body: (Elements.Element, inout JSONWriter) -> Void
  ) {
    enclosed("[", "]") { out in
      for element in elements {
        out.separate()
        body(element, &out)
        out.needsComma = true
      }
    }
  }

  /// Writes a member whose value the closure writes.
  package mutating func member(_ name: String, _ body: (inout JSONWriter) -> Void) {
    separate()
    JSONEscape.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
    body(&self)
    needsComma = true
  }

  /// Writes a string, or null.
  package mutating func member(_ name: String, _ value: String?) {
    member(name) { $0.value(value) }
  }

  /// Writes an integer, or null.
  package mutating func member(_ name: String, _ value: Int64?) {
    member(name) { $0.raw(value.map { Array("\($0)".utf8) } ?? Array("null".utf8)) }
  }

  /// Writes a truth value.
  package mutating func member(_ name: String, _ value: Bool) {
    member(name) { $0.raw(Array((value ? "true" : "false").utf8)) }
  }

  /// Writes a string, or null, as a value of its own.
  package mutating func value(_ value: String?) {
    guard let value else { return raw(Array("null".utf8)) }
    JSONEscape.append(value, to: &bytes)
  }

  /// Splices JSON in as it stands.
  package mutating func raw(_ json: [UInt8]) {
    bytes.append(contentsOf: json)
  }

  private mutating func enclosed(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: close))
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }
}
