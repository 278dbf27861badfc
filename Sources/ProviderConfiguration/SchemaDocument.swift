/// The JSON Schema of `providers.yaml`, made from the key definitions.
///
/// Draft 7, which is what YAML editors know.
package enum SchemaDocument {
  /// The schema, ending in a line end.
  package static var text: String {
    let tables = ConfigurationKeys.table.reachable.dropFirst()
    let root: [(String, JSONSchemaValue)] =
      [
        ("$schema", .text("http://json-schema.org/draft-07/schema#")),
        ("title", .text(ConfigurationKeys.table.title)),
      ] + members(of: ConfigurationKeys.table) + [
        ("definitions", .object(tables.map { ($0.name, .object(members(of: $0))) }))
      ]
    return JSONSchemaValue.object(root).written() + "\n"
  }

  private static func members(of table: ConfigurationTable) -> [(String, JSONSchemaValue)] {
    let required = table.keys.filter(\.isRequired).map { JSONSchemaValue.text($0.name) }
    var members: [(String, JSONSchemaValue)] = [
      ("description", .text(table.doc)), ("type", .text("object")),
      ("properties", .object(table.keys.map { ($0.name, property($0)) })),
      ("additionalProperties", table.others.map(property) ?? .boolean(false)),
    ]
    if !required.isEmpty { members.append(("required", .array(required))) }
    return members + rule(table.rule)
  }

  private static func rule(_ rule: ConfigurationTable.Rule) -> [(String, JSONSchemaValue)] {
    switch rule {
    case .anyNumber: []
    case .exactlyOne: [("minProperties", .number(1)), ("maxProperties", .number(1))]
    case .exactlyOneOf(let names):
      [("oneOf", .array(names.map { .object([("required", .array([.text($0)]))]) }))]
    }
  }

  /// Draft 7 ignores what stands beside `$ref`, so a described reference is wrapped.
  private static func property(_ key: KeyDescription) -> JSONSchemaValue {
    let text = key.doc + (key.defaultText.map { " Default: \($0)." } ?? "")
    if case .table = key.shape {
      return .object([("description", .text(text)), ("allOf", .array([schema(of: key.shape)]))])
    }
    guard case .object(let members) = schema(of: key.shape) else { return schema(of: key.shape) }
    return .object([("description", .text(text))] + members)
  }

  private static func schema(of shape: TypeShape) -> JSONSchemaValue {
    switch shape {
    case .boolean: .object([("type", .text("boolean"))])
    case .number: .object([("type", .text("number"))])
    case .integer(let range): .object(bounds(range, of: "integer"))
    case .bounded(let range): .object(bounds(range, of: "number"))
    case .count:
      .object([
        (
          "anyOf",
          .array([
            .object(bounds(1...CountText.greatest, of: "integer")),
            .object([("type", .text("string")), ("pattern", .text(CountText.pattern))]),
          ])
        )
      ])
    case .constant(let value): .object([("const", .number(value))])
    case .anything: .object([])
    case .choice(let words): .object([("enum", .array(words.map(JSONSchemaValue.text)))])
    case .table(let table): .object([("$ref", .text("#/definitions/\(table.name)"))])
    case .text(_, let pattern, _):
      .object(
        [("type", .text("string"))]
          + (pattern.map { [("pattern", JSONSchemaValue.text($0))] } ?? [("minLength", .number(1))])
      )
    case .list(let element, let minimum, let maximum):
      .object(
        [("type", .text("array")), ("items", schema(of: element))]
          + (minimum > 0 ? [("minItems", .number(minimum))] : [])
          + (maximum.map { [("maxItems", .number($0))] } ?? []))
    case .named(_, let rule, let element):
      .object(
        [("type", .text("object"))]
          + (rule.pattern.map { [("propertyNames", .object([("pattern", .text($0))]))] } ?? [])
          + [("additionalProperties", schema(of: element))])
    case .either(let first, let second):
      .object([("anyOf", .array([schema(of: first), schema(of: second)]))])
    }
  }
}

extension SchemaDocument {
  private static func bounds(
    _ range: ClosedRange<Int>, of type: String
  ) -> [(String, JSONSchemaValue)] {
    [
      ("type", .text(type)), ("minimum", .number(range.lowerBound)),
      ("maximum", .number(range.upperBound)),
    ]
  }
}

extension ConfigurationTable {
  /// This table and those that its keys lead to, each once, in the order of the keys.
  var reachable: [ConfigurationTable] {
    var found: [ConfigurationTable] = [self]
    var next = 0
    while next < found.count {
      for table in found[next].keys.flatMap(\.shape.tables)
      where !found.contains(where: { $0.name == table.name }) {
        found.append(table)
      }
      next += 1
    }
    return found
  }
}

extension TypeShape {
  /// The tables that values of this shape hold directly.
  fileprivate var tables: [ConfigurationTable] {
    switch self {
    case .table(let table): [table]
    case .list(let element, _, _), .named(_, _, let element): element.tables
    case .either(let first, let second): first.tables + second.tables
    case .boolean, .number, .integer, .bounded, .count, .constant, .text, .choice, .anything: []
    }
  }
}
