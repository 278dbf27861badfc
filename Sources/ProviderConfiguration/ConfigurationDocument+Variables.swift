internal import YAML

/// A variable that a configuration names in braces.
package struct VariableUse: Sendable, Hashable {
  /// Its name.
  package let name: String
  /// Whether something stands in for it when it is unset.
  package let hasDefault: Bool
  /// Where the first text with it is written.
  package let mark: Mark
}

extension ConfigurationDocument {
  /// Each `${NAME}` of the file once, in the order of the file.
  ///
  /// One that has a default in some places and none in another has none.
  package var variables: [VariableUse] {
    var uses: [VariableUse] = []
    root.forEachString { text, span in
      for (name, hasDefault) in VariableText.names(in: text) {
        if let index = uses.firstIndex(where: { $0.name == name }) {
          guard uses[index].hasDefault, !hasDefault else { continue }
          uses[index] = VariableUse(name: name, hasDefault: false, mark: uses[index].mark)
        } else {
          uses.append(VariableUse(name: name, hasDefault: hasDefault, mark: source.mark(span)))
        }
      }
    }
    return uses
  }

  /// The version of the library that reads configurations.
  package static var parserVersion: String { YAMLLibrary.version }
}

extension YAMLNode {
  fileprivate func forEachString(_ body: (String, YAMLSpan) -> Void) {
    if let string { body(string, span) }
    for item in items ?? [] { item.forEachString(body) }
    for entry in entries ?? [] { entry.value.forEachString(body) }
  }
}

extension VariableText {
  /// The names between `${` and `}`, and whether each has a default; malformed ones are left out.
  fileprivate static func names(in text: String) -> [(name: String, hasDefault: Bool)] {
    guard isIn(text) else { return [] }
    var found: [(name: String, hasDefault: Bool)] = []
    _ = VariableText(text) { name in
      found.append((name, false))
      return nil
    }
    return found.map { name, _ in (name, text.contains("${\(name):-")) }
  }
}
