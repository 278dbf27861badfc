internal import YAML

/// One statement about what an upstream can do, such as `reasoning: true`.
package struct Capability: Sendable, Hashable {
  /// What is said of it.
  package enum Value: Sendable, Hashable {
    /// It is there, or it is not.
    case flag(Bool)
    /// A word that says more.
    case text(String)
  }

  /// The name, which the plugin knows.
  package let name: String
  /// What is said of it.
  package let value: Value
  /// Where the name is written.
  package let mark: Mark
}

extension [Capability] {
  /// These statements, and those of the outer list about other names.
  package func merged(over outer: [Capability]) -> [Capability] {
    self + outer.filter { other in !contains { $0.name == other.name } }
  }
}

extension ConfigurationType where Value == [Capability] {
  static var capabilities: ConfigurationType {
    let text = TypeShape.text("text", pattern: nil, hasVariables: false)
    let element = ConfigurationType<Capability.Value>(shape: .either(.boolean, text)) {
      node, reading in
      if node.scalar?.kind == .boolean {
        return ConfigurationType<Bool>.boolean.read(node, reading).map(Capability.Value.flag)
      }
      return reading.literal(node, wanted: "true, false or text").map(Capability.Value.text)
    }
    let named = ConfigurationType<[Named<Capability.Value>]>.named("name", .identifier, element)
    return ConfigurationType(shape: named.shape) { node, reading in
      named.read(node, reading)?.compactMap { entry in
        entry.value.map {
          Capability(
            name: entry.name, value: $0, mark: reading.source.mark(entry.entry.keySpan))
        }
      }
    }
  }
}
