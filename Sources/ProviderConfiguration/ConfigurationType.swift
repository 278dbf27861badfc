internal import YAML

/// How the values of a key are read and what they may look like.
struct ConfigurationType<Value: Sendable>: Sendable {
  let shape: TypeShape
  /// Reads a value; nil after reporting what is wrong with it.
  let read: @Sendable (YAMLNode, Reading) -> Value?
}

extension ConfigurationType {
  /// The same values with the place where each is written.
  var sourced: ConfigurationType<Sourced<Value>> {
    ConfigurationType<Sourced<Value>>(shape: shape) { node, reading in
      self.read(node, reading).map { Sourced($0, at: reading.source.mark(node.span)) }
    }
  }

  /// The same values after a check that may report and refuse.
  func checked(
    _ check: @escaping @Sendable (Value, YAMLNode, Reading) -> Value?
  ) -> ConfigurationType {
    ConfigurationType(shape: shape) { node, reading in
      self.read(node, reading).flatMap { check($0, node, reading) }
    }
  }

  /// A mapping with the keys of a table; nothing at all is an empty mapping.
  static func table(
    _ table: ConfigurationTable, _ build: @escaping @Sendable (Members) -> Value?
  ) -> ConfigurationType {
    ConfigurationType(shape: .table(table)) { node, reading in
      Members(of: node, table: table, reading: reading).flatMap(build)
    }
  }

  /// A mapping whose names the user chooses, in the order of the file.
  static func named<Element>(
    _ placeholder: String, _ rule: NameRule, _ element: ConfigurationType<Element>
  ) -> ConfigurationType where Value == [Named<Element>] {
    ConfigurationType(shape: .named(placeholder, rule, element.shape)) { node, reading in
      if node.scalar?.kind == .null { return [] }
      guard let entries = node.entries else {
        reading.mismatch(node, wanted: "a mapping")
        return nil
      }
      return entries.map { entry in
        reading.within(entry.name) {
          let judged = reading.judging {
            reading.checkName(entry, placeholder, rule)
            return element.read(entry.value, reading)
          }
          return Named(entry: entry, value: judged.result, problem: judged.problem)
        }
      }
    }
  }

  /// A list of at least so many values.
  static func list<Element>(
    of element: ConfigurationType<Element>, minimum: Int = 0, maximum: Int? = nil
  ) -> ConfigurationType where Value == [Element] {
    ConfigurationType(shape: .list(element.shape, minimum: minimum, maximum: maximum)) {
      node, reading in
      guard let items = node.items else {
        let isShort =
          node.span.start.line == node.span.end.line && (node.isFlow || node.string != nil)
        reading.mismatch(
          node, wanted: "a list",
          correction: isShort ? "[\(reading.source.written(node.span))]" : nil)
        return nil
      }
      guard items.count >= minimum else {
        reading.report(.emptyValue, "\(reading.place) must not be empty", at: node.span)
        return nil
      }
      return items.enumerated().compactMap { index, item in
        reading.within(index: index) { element.read(item, reading) }
      }
    }
  }
}

/// An entry under a name that the user chose.
struct Named<Value: Sendable>: Sendable {
  let entry: YAMLEntry
  /// nil when it could not be read.
  let value: Value?
  /// The first finding that forbids its use.
  let problem: Diagnostic?

  var name: String { entry.name }
}

extension Reading {
  func checkName(_ entry: YAMLEntry, _ placeholder: String, _ rule: NameRule) {
    guard !rule.allows(entry.name) else { return }
    report(
      .invalidName, "\(quote(entry.name)) cannot be a name here", at: entry.keySpan,
      help: "A name is \(rule.words).")
  }
}
