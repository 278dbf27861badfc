internal import JSONText

/// A JSON value that is written indented, for the committed schema.
indirect enum JSONSchemaValue {
  case object([(String, JSONSchemaValue)])
  case array([JSONSchemaValue])
  case text(String)
  case number(Int)
  case boolean(Bool)

  /// The value with two spaces a level; lists and lone texts stay on one line.
  func written(indent: String = "") -> String {
    switch self {
    case .text(let text): return String(decoding: JSONEscape.literal(text), as: UTF8.self)
    case .number(let number): return String(number)
    case .boolean(let flag): return String(flag)
    case .array(let items):
      return "[" + items.map { $0.written(indent: indent + "  ") }.joined(separator: ", ") + "]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      if members.count == 1, case .text = members[0].1 {
        return "{ \(JSONSchemaValue.text(members[0].0).written()): \(members[0].1.written()) }"
      }
      let inner = indent + "  "
      let lines = members.map { name, value in
        "\(inner)\(JSONSchemaValue.text(name).written()): \(value.written(indent: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }
}
