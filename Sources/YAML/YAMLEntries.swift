/// The entries of one mapping while it is read: refuses duplicates and applies merge keys.
struct YAMLEntries {
  private let file: String
  private var entries: [YAMLEntry] = []
  private var places: [String: YAMLMark] = [:]
  private var merges: [YAMLNode] = []
  private(set) var problems: [YAMLError] = []
  /// The expanded size of the mapping, itself included.
  private(set) var weight = 1

  init(file: String) {
    self.file = file
  }

  mutating func add(_ key: YAMLNode, _ keySpan: YAMLSpan, _ value: YAMLNode) {
    weight += key.weight + value.weight
    guard let scalar = key.scalar else {
      problems.append(
        YAMLError(
          .complexKey, "a key must be a single value", at: key.span,
          help: "Quote a name that contains brackets or braces."))
      return
    }
    if let first = places[scalar.text] {
      problems.append(
        YAMLError(
          .duplicateKey,
          "duplicate key \"\(scalar.text)\": first written at \(file):\(first.line):\(first.column)",
          at: keySpan, help: "Keep one of the two."))
      return
    }
    places[scalar.text] = keySpan.start
    guard scalar.text == "<<", scalar.isPlain else {
      entries.append(
        YAMLEntry(name: scalar.text, keySpan: keySpan, value: value, isMerged: false))
      return
    }
    merge(value)
  }

  /// Own entries first, then those of the merged mappings in their order; the first of a name wins.
  ///
  /// - Source: the merge key draft for YAML 1.1, which 1.2 parsers kept.
  func merged() -> [YAMLEntry] {
    var names = Set(places.keys)
    var result = entries
    for entry in merges.flatMap({ $0.entries ?? [] }) where names.insert(entry.name).inserted {
      result.append(
        YAMLEntry(name: entry.name, keySpan: entry.keySpan, value: entry.value, isMerged: true))
    }
    return result
  }

  private mutating func merge(_ value: YAMLNode) {
    let mappings = value.items ?? [value]
    for mapping in mappings where mapping.entries == nil {
      problems.append(
        YAMLError(
          .invalidMerge, "a merge key takes a mapping or a list of mappings", at: mapping.span,
          help: "Write <<: *name, where &name stands before a mapping."))
    }
    merges += mappings
  }
}
