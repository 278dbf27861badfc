internal import YAML

/// Settings that belong to a plugin: the host only keeps them and their places.
package struct OptionsEntry: Sendable {
  /// The settings as a JSON object: order of the file, numbers as written, variables replaced.
  package let json: [UInt8]
  /// Where they are written.
  package let mark: Mark
}

extension ConfigurationType where Value == OptionsEntry {
  static var options: ConfigurationType {
    ConfigurationType(shape: .named("option", .any, .anything)) { node, reading in
      guard node.entries != nil else {
        reading.mismatch(node, wanted: "a mapping")
        return nil
      }
      let replaced = node.replacingStrings { value in
        value.string.flatMap { reading.expanded($0, of: value) }
      }
      return reading.json(replaced).map {
        OptionsEntry(json: $0, mark: reading.source.mark(node.span))
      }
    }
  }
}
