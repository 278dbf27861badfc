internal import JSONText
internal import YAML

/// What is different in a provider's entry.
package struct EntryChange: Sendable {
  /// The plugin.
  package var plugin: String
  /// The base URL, or empty for none.
  package var baseURL: String
  /// The plugin's settings as a JSON object.
  package var options: [UInt8]
  /// How the secret is presented; nil: as the entry has it.
  package var style: AuthEntry.Style?

  /// States the changed entry.
  package init(
    plugin: String, baseURL: String, options: [UInt8], style: AuthEntry.Style? = nil
  ) {
    self.plugin = plugin
    self.baseURL = baseURL
    self.options = options
    self.style = style
  }
}

extension ConfigurationDocument {
  /// A provider's whole entry as it would be with other settings.
  ///
  /// Variables stay variables where they stand for the same text; what looks like a secret and is
  /// written in place becomes a variable, so that none is shown.
  ///
  /// - Parameters:
  ///   - id: The provider.
  ///   - change: What is different.
  /// - Returns: The text from `providers:` on; nil when there is no such provider.
  package func text(ofProvider id: String, with change: EntryChange) -> String? {
    guard let node = root.entry(ConfigurationKeys.providers.name)?.value.entry(id)?.value,
      let entry = provider(id)
    else { return nil }
    let writer = EntryWriter(node: node, entry: entry)
    return "providers:\n  \(YAMLText.scalar(id)):\n"
      + writer.members(with: change).map { "    \($0)\n" }.joined()
  }
}

/// Writes the members of one provider's entry.
private struct EntryWriter {
  let node: YAMLNode
  let entry: ProviderEntry

  func members(with change: EntryChange) -> [String] {
    var lines = ["plugin: \(YAMLText.scalar(change.plugin))"]
    if !change.baseURL.isEmpty { lines.append("base_url: \(baseURL(change.baseURL))") }
    if let options = options(change.options) { lines.append("options: \(options)") }
    if let auth = node.entry("auth")?.value {
      lines.append("auth: \(self.auth(auth, as: change.style))")
    }
    for member in node.entries ?? []
    where !["plugin", "base_url", "options", "auth", "<<"].contains(member.name) {
      lines.append("\(member.name): \(flow(member.value, named: member.name))")
    }
    return lines
  }

  /// The URL, its origin as it is written where that stands for the same.
  private func baseURL(_ url: String) -> String {
    guard let written = node.entry("base_url")?.value.string, let expanded = entry.baseURL?.value,
      VariableText.isIn(written)
    else { return YAMLText.scalar(HarmlessURL.text(of: url)) }
    if url == expanded { return YAMLText.scalar(written) }
    let (old, new) = (Self.origin(of: expanded), Self.origin(of: written))
    guard !old.isEmpty, !new.isEmpty, VariableText.isIn(String(new)), url.hasPrefix(old) else {
      return YAMLText.scalar(HarmlessURL.text(of: url))
    }
    return YAMLText.scalar(new + HarmlessURL.text(of: String(url.dropFirst(old.count))))
  }

  /// Scheme, host and port, as written; empty where there is no scheme.
  private static func origin(of url: String) -> Substring {
    guard let scheme = url.firstRange(of: "://") else { return "" }
    return url[..<(url[scheme.upperBound...].firstIndex { "/?".contains($0) } ?? url.endIndex)]
  }

  /// The settings, each as it is written where it stands for the same; nil where there are none.
  private func options(_ json: [UInt8]) -> String? {
    let text = json.span
    guard let root = try? JSONText.validate(text), root.kind == .object else { return nil }
    let written = node.entry("options")?.value
    var members: [String] = []
    var cursor = JSONMembers(of: root)
    while let member = cursor.next(in: text) {
      let name = member.name(in: text)
      let value = Array(json[member.value.range])
      let shown =
        if let node = written?.entry(name)?.value, oldOption(name) == value {
          flow(node, named: name)
        } else if let string = member.value.string(in: text) {
          YAMLText.scalar(string)
        } else {
          String(decoding: value, as: UTF8.self)
        }
      members.append("\(YAMLText.scalar(name)): \(shown)")
    }
    return members.isEmpty ? nil : "{ \(members.joined(separator: ", ")) }"
  }

  /// The JSON of a setting as the entry has it.
  private func oldOption(_ name: String) -> [UInt8]? {
    guard let json = entry.options?.json, let root = try? JSONText.validate(json.span),
      let value = root.member(name, in: json.span)
    else { return nil }
    return Array(json[value.range])
  }

  private func auth(_ node: YAMLNode, as style: AuthEntry.Style?) -> String {
    guard let style, let first = node.entries?.first else { return flow(node, named: "") }
    let source = first.value.entry("value")?.value ?? first.value
    let reference = flow(source, named: "")
    return switch style {
    case .key: "{ key: \(reference) }"
    case .bearer: "{ bearer: \(reference) }"
    case .header(let name):
      "{ header: { name: \(YAMLText.scalar(name)), value: \(reference) } }"
    }
  }

  /// A value in one line.
  private func flow(_ node: YAMLNode, named name: String) -> String {
    switch node.content {
    case .scalar(let scalar):
      guard scalar.kind == .string else { return scalar.text.isEmpty ? "null" : scalar.text }
      return YAMLText.scalar(isSecret(scalar.text, name) ? variable(for: name) : scalar.text)
    case .sequence(let items):
      return "[\(items.map { flow($0, named: name) }.joined(separator: ", "))]"
    case .mapping(let entries):
      guard !entries.isEmpty else { return "{}" }
      let members = entries.map { "\(YAMLText.scalar($0.name)): \(flow($0.value, named: $0.name))" }
      return "{ \(members.joined(separator: ", ")) }"
    }
  }

  private func isSecret(_ text: String, _ name: String) -> Bool {
    !VariableText.isIn(text)
      && (SecretPattern.matches(text) || SecretPattern.isSecretName(name))
  }

  private func variable(for name: String) -> String {
    let word = name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    return "${\(String(word))}"
  }
}
