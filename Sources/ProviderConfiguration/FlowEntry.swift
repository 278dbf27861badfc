internal import JSONText
internal import YAML

/// A token flow that a plugin knows: the host keeps its settings and obtains its secrets.
package struct FlowEntry: Sendable, Hashable {
  /// The key under `credentials.<id>`: what the plugin calls the flow.
  package let name: String
  /// The credential as a JSON object with that one key.
  ///
  /// Order of the file, numbers as written, variables replaced, and each secret replaced by
  /// `{"$secret":1}`, `{"$secret":2}` and so on, in the order of ``secrets``.
  package let json: [UInt8]
  /// Where the secrets are read from.
  package let secrets: [SecretSource]
  /// Where each of them is written.
  package let secretMarks: [Mark]
}

extension FlowEntry {
  /// Reads the settings of a flow; nil after reporting what is wrong with them.
  init?(_ entry: YAMLEntry, _ reading: Reading) {
    var writer = FlowWriter(reading: reading)
    guard let value = reading.within(entry.name, { writer.written(entry.value, isTop: true) })
    else { return nil }
    name = entry.name
    json =
      Array("{".utf8) + JSONEscape.literal(entry.name) + Array(":".utf8) + value
      + Array("}".utf8)
    secrets = writer.secrets
    secretMarks = writer.marks
  }
}

/// Writes the settings of a flow as JSON and takes the sources of secrets out of them.
private struct FlowWriter {
  let reading: Reading
  private(set) var secrets: [SecretSource] = []
  private(set) var marks: [Mark] = []

  init(reading: Reading) { self.reading = reading }

  /// The JSON of a value; nil after reporting.
  ///
  /// The settings themselves are no source, whatever their keys.
  mutating func written(_ node: YAMLNode, isTop: Bool = false) -> [UInt8]? {
    if let entries = node.entries {
      if !isTop, CredentialKeys.isPlainSource(entries) { return secret(node) }
      return object(entries)
    }
    if let items = node.items { return array(items) }
    guard node.string != nil else { return reading.json(node) }
    let replaced = node.replacingStrings { value in
      value.string.flatMap { reading.expanded($0, of: value) }
    }
    return reading.json(replaced)
  }

  private mutating func secret(_ node: YAMLNode) -> [UInt8]? {
    guard let source = CredentialKeys.secretType.read(node, reading) else { return nil }
    secrets.append(source)
    marks.append(reading.source.mark(node.span))
    return Array("{\"$secret\":\(secrets.count)}".utf8)
  }

  private mutating func object(_ entries: [YAMLEntry]) -> [UInt8]? {
    var out = Array("{".utf8)
    var isWhole = true
    for (index, entry) in entries.enumerated() {
      guard !reading.reportsPlaintext(entry),
        let value = reading.within(entry.name, { written(entry.value) })
      else {
        isWhole = false
        continue
      }
      if index > 0 { out.append(UInt8(ascii: ",")) }
      out += JSONEscape.literal(entry.name)
      out.append(UInt8(ascii: ":"))
      out += value
    }
    out.append(UInt8(ascii: "}"))
    return isWhole ? out : nil
  }

  private mutating func array(_ items: [YAMLNode]) -> [UInt8]? {
    var out = Array("[".utf8)
    var isWhole = true
    for (index, item) in items.enumerated() {
      guard let value = reading.within(index: index, { written(item) }) else {
        isWhole = false
        continue
      }
      if index > 0 { out.append(UInt8(ascii: ",")) }
      out += value
    }
    out.append(UInt8(ascii: "]"))
    return isWhole ? out : nil
  }
}

extension Reading {
  /// Reports a secret that is written out among a flow's settings.
  ///
  /// The last word of a key says what its value is: `client_secret` is a secret, `token_file` a file.
  fileprivate func reportsPlaintext(_ entry: YAMLEntry) -> Bool {
    guard let text = entry.value.string, !text.isEmpty else { return false }
    let word = entry.name.lowercased().split { "_-".contains($0) }.last ?? ""
    let isNamed = ["secret", "password", "passphrase", "token", "key", "assertion"].contains(word)
    guard isNamed || text.hasPrefix("-----BEGIN") else { return false }
    within(entry.name) {
      guard let variable = CredentialText.variable(in: text) else {
        return reportSecret(entry.value, text, wanted: "a source such as { env: NAME }")
      }
      report(
        .variableNotAllowed, "\(place) takes a source; the variable would be written out",
        at: entry.value.span, suggestion: ("{ env: \(variable) }", entry.value.span))
    }
    return true
  }
}
