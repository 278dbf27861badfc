/// What a part of a request may look like.
///
/// Source of all shapes: the published description of the Responses API, as far as a client of the
/// three upstreams sends it. What is left open here (`any`) is a feature the emulator does not play.
indirect enum Shape: Sendable {
  case any
  case boolean
  case string(length: ClosedRange<Int> = 0...Int.max)
  case choice([String])
  case integer(ClosedRange<Int>)
  case decimal(ClosedRange<Double>)
  case list(Shape)
  /// An object with these members and no others.
  case object([Field])
  /// An object whose member names are the caller's.
  case map(Shape, limit: Int = .max, names: ClosedRange<Int> = 0...Int.max)
  /// An object whose `type` decides its shape.
  case tagged([String: Shape])
  /// The first whose kind fits.
  case either([Shape])
  case nullable(Shape)

  struct Field: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool

    static func required(_ name: String, _ shape: Shape) -> Field {
      Field(name: name, shape: shape, isRequired: true)
    }

    static func optional(_ name: String, _ shape: Shape) -> Field {
      Field(name: name, shape: shape, isRequired: false)
    }
  }
}

extension Shape {
  /// What this shape is called in a refusal.
  var expectation: String {
    switch self {
    case .any: "a value"
    case .boolean: "a boolean"
    case .string: "a string"
    case .choice(let values): "one of \(Refusal.enumeration(values))"
    case .integer: "an integer"
    case .decimal: "a decimal"
    case .list(let item): "an array of \(item.plural)"
    case .object, .map, .tagged: "an object"
    case .either(let shapes):
      "one of " + shapes.map(\.expectation).joined(separator: " or ")
    case .nullable(let shape): shape.expectation
    }
  }

  private var plural: String {
    switch self {
    case .string, .choice: "strings"
    case .object, .map, .tagged: "objects"
    default: "values"
    }
  }

  /// Whether a value is of the right kind, its content aside.
  func fits(_ value: JSON) -> Bool {
    switch (self, value) {
    case (.any, _), (.boolean, .boolean), (.string, .string), (.choice, .string),
      (.decimal, .number), (.list, .array), (.object, .object), (.map, .object),
      (.tagged, .object):
      true
    case (.integer, .number): value.integer != nil
    case (.either(let shapes), _): shapes.contains { $0.fits(value) }
    case (.nullable(let shape), _): value.isNull || shape.fits(value)
    default: false
    }
  }
}

extension JSON {
  /// What this value is called in a refusal.
  var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: integer == nil ? "a decimal" : "an integer"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
