internal import YAML

extension ConfigurationType where Value == Bool {
  /// `true` or `false`; the words that other YAML versions read as booleans get a correction.
  static var boolean: ConfigurationType {
    ConfigurationType(shape: .boolean) { node, reading in
      if let scalar = node.scalar, scalar.kind == .boolean {
        return scalar.text.lowercased() == "true"
      }
      let word = node.string?.lowercased() ?? ""
      let correction =
        ["on", "yes", "y", "true"].contains(word)
        ? "true" : ["off", "no", "n", "false"].contains(word) ? "false" : nil
      reading.mismatch(node, wanted: "true or false", correction: correction)
      return nil
    }
  }
}

extension ConfigurationType where Value == String {
  /// Text that is taken as written and keeps a rule.
  static func name(_ words: String, _ rule: NameRule) -> ConfigurationType {
    ConfigurationType(shape: .text(words, pattern: rule.pattern, hasVariables: false)) {
      node, reading in
      guard let text = reading.literal(node, wanted: "text") else { return nil }
      guard rule.allows(text) else {
        reading.report(
          .invalidName, "\(reading.quote(text)) is no \(words)", at: node.span,
          help: "It must be \(rule.words).")
        return nil
      }
      return text
    }
  }

  /// Text in which variables are replaced; the pattern is for the schema alone.
  static func variableText(_ words: String, pattern: String? = nil) -> ConfigurationType {
    ConfigurationType(shape: .text(words, pattern: pattern, hasVariables: true)) { node, reading in
      guard let text = reading.expanded(node, wanted: "text") else { return nil }
      guard !text.isEmpty else {
        reading.report(.emptyValue, "\(reading.place) must not be empty", at: node.span)
        return nil
      }
      return text
    }
  }
}

extension ConfigurationType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of a few words.
  static var choice: ConfigurationType {
    let words = Value.allCases.map(\.rawValue)
    return ConfigurationType(shape: .choice(words)) { node, reading in
      guard let text = reading.literal(node, wanted: "text") else { return nil }
      if let value = Value(rawValue: text) { return value }
      let meant = Spelling.nearest(to: text, among: words)
      reading.report(
        .unknownChoice,
        "\(reading.place) cannot be \(reading.quote(text))" + reading.didYouMean(meant),
        at: node.span, help: "It is one of \(words.joined(separator: ", ")).",
        suggestion: meant.map { ($0, node.span) })
      return nil
    }
  }
}

extension ConfigurationDefault where Value: RawRepresentable, Value.RawValue == String {
  static func choice(_ value: Value) -> ConfigurationDefault {
    ConfigurationDefault(value: value, text: "`\(value.rawValue)`")
  }
}

extension ConfigurationDefault where Value == Bool {
  static var no: ConfigurationDefault { ConfigurationDefault(value: false, text: "`false`") }
}

extension ConfigurationType where Value == [UInt8] {
  /// Any value, as compact JSON.
  static var json: ConfigurationType {
    ConfigurationType(shape: .anything) { node, reading in reading.json(node) }
  }
}

extension Reading {
  func json(_ node: YAMLNode) -> [UInt8]? {
    do throws(YAMLError) {
      return try node.json()
    } catch {
      report(.numberNotJSON, error.message, at: error.span, help: error.help)
      return nil
    }
  }
}
