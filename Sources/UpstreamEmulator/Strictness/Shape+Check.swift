extension Shape {
  /// Refuses a value that does not have this shape.
  ///
  /// - Parameters:
  ///   - value: What the request says.
  ///   - path: Where it stands, as refusals name it: `input[0].content`.
  /// - Throws: The refusal.
  func check(_ value: JSON, at path: String) throws(Refusal) {
    guard fits(value) else {
      throw .wrongType(path, expected: expectation, got: value.kindName)
    }
    switch self {
    case .any, .boolean: return
    case .string(let length): try Self.check(value.text ?? "", length: length, at: path)
    case .choice(let values):
      guard let text = value.text, values.contains(text) else {
        throw .unsupportedValue(value.text ?? "", supported: values, param: path)
      }
    case .integer(let range): try Self.check(value.integer ?? 0, range: range, at: path)
    case .decimal(let range): try Self.check(value.decimal ?? 0, range: range, at: path)
    case .list(let item):
      for (index, element) in value.items.enumerated() {
        try item.check(element, at: "\(path)[\(index)]")
      }
    case .object(let fields): try Self.check(value, fields: fields, at: path)
    case .map(let shape, let limit, let names):
      try Self.check(value, map: shape, limit: limit, at: path)
      for member in value.members where !names.contains(member.name.unicodeScalars.count) {
        throw .invalid(
          "Invalid '\(path)': property name too long. Expected a name with at most "
            + "\(names.upperBound) characters.", param: path, code: "invalid_property_name")
      }
    case .tagged(let shapes): try Self.check(value, tagged: shapes, at: path)
    case .either(let shapes):
      try shapes.first { $0.fits(value) }?.check(value, at: path)
    case .nullable(let shape):
      if !value.isNull { try shape.check(value, at: path) }
    }
  }

  private static func join(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : "\(path).\(name)"
  }

  private static func check(_ value: JSON, fields: [Field], at path: String) throws(Refusal) {
    for member in value.members {
      guard let field = fields.first(where: { $0.name == member.name }) else {
        throw .unknownParameter(join(path, member.name))
      }
      try field.shape.check(member.value, at: join(path, member.name))
    }
    for field in fields where field.isRequired && value[field.name] == nil {
      throw .missingParameter(join(path, field.name))
    }
  }

  private static func check(
    _ value: JSON, map shape: Shape, limit: Int, at path: String
  ) throws(Refusal) {
    guard value.members.count <= limit else {
      throw .invalid(
        "Invalid '\(path)': too many properties. Expected an object with at most \(limit) "
          + "properties, but got an object with \(value.members.count) properties instead.",
        param: path, code: "object_above_max_properties")
    }
    for member in value.members { try shape.check(member.value, at: join(path, member.name)) }
  }

  private static func check(
    _ value: JSON, tagged shapes: [String: Shape], at path: String
  ) throws(Refusal) {
    guard let type = value["type"] else { throw .missingParameter(join(path, "type")) }
    guard let shape = shapes[type.text ?? ""] else {
      throw .unsupportedValue(type.text ?? "", supported: shapes.keys.sorted(), param: path)
    }
    try shape.check(value, at: path)
  }

  private static func check(
    _ text: String, length: ClosedRange<Int>, at path: String
  ) throws(Refusal) {
    let count = text.unicodeScalars.count
    guard count >= length.lowerBound else {
      throw .invalid(
        "Invalid '\(path)': empty string. Expected a string with minimum length "
          + "\(length.lowerBound), but got an empty string instead.",
        param: path, code: "empty_string")
    }
    guard count <= length.upperBound else {
      throw .invalid(
        "Invalid '\(path)': string too long. Expected a string with maximum length "
          + "\(length.upperBound), but got a string with length \(count) instead.",
        param: path, code: "string_above_max_length")
    }
  }

  private static func check<Number: Comparable>(
    _ number: Number, range: ClosedRange<Number>, at path: String
  ) throws(Refusal) {
    let kind = number is Int ? "integer" : "decimal"
    guard number >= range.lowerBound else {
      throw .invalid(
        "Invalid '\(path)': \(kind) below minimum value. Expected a value >= "
          + "\(range.lowerBound), but got \(number) instead.",
        param: path, code: "\(kind)_below_min_value")
    }
    guard number <= range.upperBound else {
      throw .invalid(
        "Invalid '\(path)': \(kind) above maximum value. Expected a value <= "
          + "\(range.upperBound), but got \(number) instead.",
        param: path, code: "\(kind)_above_max_value")
    }
  }
}
