internal import YAML

/// The keys of one mapping, checked against its table.
struct Members {
  let node: YAMLNode
  let reading: Reading
  private let table: ConfigurationTable

  /// Reports unknown, missing and conflicting keys; nil when the value is no mapping.
  init?(of node: YAMLNode, table: ConfigurationTable, reading: Reading) {
    guard node.entries != nil || node.scalar?.kind == .null else {
      reading.mismatch(node, wanted: "a mapping", help: "Such as \(table.example).")
      return nil
    }
    self.node = node
    self.table = table
    self.reading = reading
    var meant: Set<String> = []
    for entry in entries where !isKnown(entry) {
      if let key = reportUnknown(entry) { meant.insert(key) }
    }
    for key in table.keys
    where key.isRequired && node.entry(key.name) == nil && !meant.contains(key.name) {
      reportMissing(key)
    }
    checkRule()
  }

  /// The value of a key; nil when it is absent or could not be used, which was then reported.
  func value<Value>(_ key: ConfigurationKey<Value>) -> Value? {
    precondition(table.keys.contains { $0.name == key.name }, "\(key.name) is in its table")
    guard let entry = node.entry(key.name) else { return nil }
    return reading.within(key.name) { key.type.read(entry.value, reading) }
  }

  /// Where the key's name is written.
  func keySpan<Value>(_ key: ConfigurationKey<Value>) -> YAMLSpan? {
    node.entry(key.name)?.keySpan
  }

  /// The entries under keys of the user's own, where the table takes such.
  var others: [YAMLEntry] { entries.filter(table.holdsAsOther) }

  private var entries: [YAMLEntry] { node.entries ?? [] }

  private func isKnown(_ entry: YAMLEntry) -> Bool {
    table.keys.contains { $0.name == entry.name } || table.holdsAsOther(entry)
  }

  /// A key is underlined where the mapping begins, so that a long one is not.
  private var start: YAMLSpan {
    guard let first = entries.first, !node.isFlow else { return node.span }
    return first.isMerged ? node.span : first.keySpan
  }

  /// Returns the key that was probably meant.
  private func reportUnknown(_ entry: YAMLEntry) -> String? {
    let absent = table.keys.filter { key in node.entry(key.name) == nil }
    let nearest = Spelling.nearest(to: entry.name, among: absent.map(\.name))
    let meant = absent.first { $0.name == nearest || $0.misnomers.contains(entry.name) }
    let fits = meant?.shape.isMapping == (entry.value.entries != nil)
    let known = "Known here: \(table.keys.map(\.name).joined(separator: ", "))."
    let help = meant.map { fits ? nil : "Write \($0.name): \($0.shape.words)." }
    reading.report(
      .unknownKey,
      "unknown key \(reading.quote(entry.name)) in \(reading.place)"
        + reading.didYouMean(meant?.name),
      at: entry.keySpan, help: help ?? table.hint.map { "\($0) \(known)" } ?? known,
      suggestion: fits ? meant.map { ($0.name, entry.keySpan) } : nil)
    return meant?.name
  }

  private func reportMissing(_ key: KeyDescription) {
    let suggestion = insertion(of: key)
    reading.report(
      .missingKey, "\(reading.place) needs the key \(reading.quote(key.name))", at: start,
      help: suggestion == nil ? "Add \(key.name): \(key.shape.words)." : nil,
      suggestion: suggestion)
  }

  /// Only a key with one possible value can be written for the user.
  private func insertion(of key: KeyDescription) -> (text: String, span: YAMLSpan)? {
    guard case .constant(let value) = key.shape else { return nil }
    let first = YAMLSpan(start: start.start, end: start.start)
    if node.isFlow || first.start.column > 1 { return nil }
    return ("\(key.name): \(value)\n", first)
  }

  /// The names of the keys that exclude each other; nil where none do.
  private var ruled: [String]? {
    switch table.rule {
    case .anyNumber: nil
    case .exactlyOne: (table.keys + [table.others].compactMap(\.self)).map(\.name)
    case .exactlyOneOf(let names): names
    }
  }

  /// Whether the rule is about all keys of the table.
  private var isRuledAsWhole: Bool { table.rule == .exactlyOne }

  private func checkRule() {
    guard let ruled else { return }
    let present = entries.filter { isKnown($0) && (ruled.contains($0.name) || isRuledAsWhole) }
    let names = ruled.joined(separator: ", ")
    if present.isEmpty && (entries.isEmpty || !isRuledAsWhole) {
      reading.report(
        .missingKey, "\(reading.place) needs exactly one of \(names)", at: start,
        help: "Such as \(table.example).")
    }
    for extra in present.dropFirst() {
      reading.report(
        .conflictingKeys,
        "\(reading.place) has both \(present[0].name) and \(extra.name); exactly one of \(names) may stand",
        at: extra.keySpan)
    }
  }
}
