/// Makes a value that fits a simple JSON schema.
struct SchemaSample {
  private let root: JSON
  private let text: String

  /// A sample whose strings say `text`, as far as the schema lets them.
  init(of schema: JSON, text: String) {
    root = schema
    self.text = text
  }

  var value: JSON { value(of: root, depth: 0) }

  private func value(of schema: JSON, depth: Int) -> JSON {
    guard depth < 16 else { return .null }
    if let constant = schema["const"] { return constant }
    if let first = schema["enum"]?[0] { return first }
    if let reference = schema["$ref"]?.text {
      return value(of: resolve(reference), depth: depth + 1)
    }
    for name in ["anyOf", "oneOf", "allOf"] {
      let options = schema[name]?.items ?? []
      if let option = options.first(where: { $0["type"] != "null" }) ?? options.first {
        return value(of: option, depth: depth + 1)
      }
    }
    return value(ofType: type(of: schema), schema, depth: depth)
  }

  private func type(of schema: JSON) -> String {
    if let type = schema["type"]?.text { return type }
    let types = (schema["type"]?.items ?? []).compactMap(\.text)
    return types.first { $0 != "null" } ?? (schema["properties"] == nil ? "string" : "object")
  }

  private func value(ofType type: String, _ schema: JSON, depth: Int) -> JSON {
    switch type {
    case "object":
      return .object(
        properties(of: schema).map {
          JSON.Member(name: $0.name, value: value(of: $0.value, depth: depth + 1))
        })
    case "array":
      let count = min(max(schema["minItems"]?.integer ?? 1, 1), 16)
      let item = value(of: schema["items"] ?? [:], depth: depth + 1)
      return .array(Array(repeating: item, count: count))
    case "integer", "number": return number(schema, isWhole: type == "integer")
    case "boolean": return true
    case "null": return .null
    default: return .string(string(schema))
    }
  }

  private func properties(of schema: JSON) -> [JSON.Member] {
    let members = schema["properties"]?.members ?? []
    guard let required = schema["required"]?.items else { return members }
    return members.filter { required.contains(.string($0.name)) }
  }

  private func resolve(_ reference: String) -> JSON {
    reference.split(separator: "/").dropFirst().reduce(root) { schema, name in
      schema[String(name)] ?? [:]
    }
  }

  private func number(_ schema: JSON, isWhole: Bool) -> JSON {
    let above = schema["exclusiveMinimum"]?.decimal.map { $0 + 1 }
    let below = schema["exclusiveMaximum"]?.decimal.map { $0 - 1 }
    let least = schema["minimum"]?.decimal ?? above ?? 1
    let number = min(least, schema["maximum"]?.decimal ?? below ?? least)
    let isExact = number == number.rounded() && abs(number) < 1e15
    return .number(isWhole || isExact ? String(Int(clamping: Int64(number))) : String(number))
  }

  private func string(_ schema: JSON) -> String {
    if let format = schema["format"]?.text, let sample = Self.formats[format] { return sample }
    let least = schema["minLength"]?.integer ?? 0
    let most = min(schema["maxLength"]?.integer ?? 200, 10_000)
    var sample = String(text.prefix(max(most, 0)))
    while sample.count < min(least, 10_000) { sample += "." }
    return sample
  }

  private static let formats = [
    "date-time": "2026-01-01T00:00:00Z", "date": "2026-01-01", "time": "00:00:00Z",
    "email": "someone@example.com", "uri": "https://example.com/",
    "uuid": "00000000-0000-4000-8000-000000000000", "ipv4": "127.0.0.1", "ipv6": "::1",
    "hostname": "example.com", "duration": "P1D",
  ]
}
