/// Writes JSON: members and elements as closures, so that commas are nobody's business.
struct JSONOutput {
  private(set) var text = ""
  private var needsComma = false

  mutating func object(_ body: (inout JSONOutput) -> Void) { enclosed("{", "}", body) }

  mutating func array<Elements: Sequence>(
    _ elements: Elements, _ body: (inout JSONOutput, Elements.Element) -> Void
  ) {
    enclosed("[", "]") { out in
      for element in elements {
        out.separate()
        body(&out, element)
        out.needsComma = true
      }
    }
  }

  mutating func member(_ name: String, _ body: (inout JSONOutput) -> Void) {
    separate()
    string(name)
    text += ":"
    needsComma = false
    body(&self)
    needsComma = true
  }

  mutating func member(_ name: String, _ value: String) { member(name) { $0.string(value) } }

  mutating func member(_ name: String, _ value: Int64?) { member(name) { $0.number(value) } }

  mutating func member(_ name: String, _ value: Int) { member(name, Int64(value)) }

  /// Null where it is nil or no number.
  mutating func member(_ name: String, _ value: Double?) {
    member(name) { $0.text += value.map { $0.isFinite ? "\($0)" : "null" } ?? "null" }
  }

  mutating func number(_ value: Int64?) { text += value.map { "\($0)" } ?? "null" }

  /// Angle brackets are escaped too, so that the text is harmless wherever somebody puts it.
  mutating func string(_ value: String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{0}"..."\u{1F}", "<", ">", "&", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private mutating func enclosed(
    _ open: String, _ close: String, _ body: (inout JSONOutput) -> Void
  ) {
    text += open
    needsComma = false
    body(&self)
    text += close
  }

  private mutating func separate() {
    if needsComma { text += "," }
    needsComma = false
  }
}
