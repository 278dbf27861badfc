internal import YAML

/// The keys of one mapping, checked against its table.
struct Members {
  let node: YAMLNode
  let reading: Reading
  private let table: ConfigurationTable

  /// Reports unknown, missing and conflicting keys; nil when the value is no mapping.
  init?(of node: YAMLNode, table: ConfigurationTable, reading: Reading) {
    guard node.entries != nil || node.scalar?.kind == .null else {
      reading.mismatch(node, wanted: "a mapping")
      return nil
    }
    self.node = node
    self.table = table
    self.reading = reading
    for entry in entries where !table.keys.contains(where: { $0.name == entry.name }) {
      reportUnknown(entry)
    }
    for key in table.keys where key.isRequired && node.entry(key.name) == nil {
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

  private var entries: [YAMLEntry] { node.entries ?? [] }

  /// A key is underlined where the mapping begins, so that a long one is not.
  private var start: YAMLSpan {
    guard let first = entries.first, !node.isFlow else { return node.span }
    return first.isMerged ? node.span : first.keySpan
  }

  private func reportUnknown(_ entry: YAMLEntry) {
    let absent = table.keys.filter { key in node.entry(key.name) == nil }
    let meant =
      Spelling.nearest(to: entry.name, among: absent.map(\.name))
      ?? absent.first { $0.misnomers.contains(entry.name) }?.name
    let known = table.keys.map(\.name).joined(separator: ", ")
    reading.report(
      .unknownKey,
      "unknown key \(reading.quote(entry.name)) in \(reading.place)" + reading.didYouMean(meant),
      at: entry.keySpan, help: meant == nil ? "Known here: \(known)." : nil,
      suggestion: meant.map { ($0, entry.keySpan) })
  }

  private func reportMissing(_ key: KeyDescription) {
    reading.report(
      .missingKey, "\(reading.place) needs the key \(reading.quote(key.name))", at: start,
      help: "Add \(key.name): \(key.shape.words).", suggestion: insertion(of: key))
  }

  /// Only a key with one possible value can be written for the user.
  private func insertion(of key: KeyDescription) -> (text: String, span: YAMLSpan)? {
    guard case .constant(let value) = key.shape else { return nil }
    let first = YAMLSpan(start: start.start, end: start.start)
    if node.isFlow || first.start.column > 1 { return nil }
    return ("\(key.name): \(value)\n", first)
  }

  private func checkRule() {
    guard table.rule == .exactlyOne else { return }
    let present = entries.filter { entry in table.keys.contains { $0.name == entry.name } }
    let names = table.keys.map(\.name).joined(separator: ", ")
    if present.isEmpty {
      reading.report(.missingKey, "\(reading.place) needs exactly one of \(names)", at: start)
    }
    for extra in present.dropFirst() {
      reading.report(
        .conflictingKeys,
        "\(reading.place) has both \(present[0].name) and \(extra.name); exactly one of \(names) may stand",
        at: extra.keySpan)
    }
  }
}
