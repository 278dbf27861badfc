import JSONText

/// Static facts of a plugin.
public struct TransportDescriptor: Sendable, Hashable {
  /// What `plugin:` in a `providers.yaml` names: lower-case words joined by hyphens.
  public let id: String
  /// The plugin's own version, as Semantic Versioning.
  public let version: String
  /// One line for people: which upstreams it speaks to.
  public let summary: String
  /// The keys that `options` may have.
  public let options: [OptionDescription]
  /// The kinds of credential that the transport obtains tokens with: their keys under
  /// `credentials.<id>`.
  public let tokenFlows: [String]

  /// States the facts.
  public init(
    id: String, version: String, summary: String, options: [OptionDescription] = [],
    tokenFlows: [String] = []
  ) {
    self.id = id
    self.version = version
    self.summary = summary
    self.options = options
    self.tokenFlows = tokenFlows
  }

  /// The descriptor as JSON, `jackfield.manifest/1`: what the side-car file holds.
  ///
  /// `options` is a JSON Schema, for editors and for checks that load no plugin.
  package var manifest: [UInt8] {
    var out: [UInt8] = []
    func text(_ literal: StaticString) { append(literal, to: &out) }
    text("{\"schema\":\"jackfield.manifest/1\",\"id\":")
    JSONEscape.append(id, to: &out)
    text(",\"version\":")
    JSONEscape.append(version, to: &out)
    text(",\"summary\":")
    JSONEscape.append(summary, to: &out)
    text(",\"interfaces\":[\"jackfield.transport/1\",\"jackfield.probe/1\"")
    if !tokenFlows.isEmpty {
      text(",\"jackfield.auth/1\"],\"token_flows\":[")
      for (index, flow) in tokenFlows.enumerated() {
        if index > 0 { text(",") }
        JSONEscape.append(flow, to: &out)
      }
    }
    text("],\"options\":")
    text("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{")
    for (index, option) in options.enumerated() {
      if index > 0 { text(",") }
      JSONEscape.append(option.name, to: &out)
      text(":{\"type\":\"string\",\"description\":")
      JSONEscape.append(option.documentation, to: &out)
      if let pattern = option.pattern {
        text(",\"pattern\":")
        JSONEscape.append(pattern, to: &out)
      }
      text("}")
    }
    text("}}}")
    return out
  }

  private func append(_ literal: StaticString, to out: inout [UInt8]) {
    out.append(contentsOf: String(describing: literal).utf8)
  }
}

/// One key under a provider's `options`; its value is a string.
public struct OptionDescription: Sendable, Hashable {
  /// The key.
  public let name: String
  /// What it does, in one sentence.
  public let documentation: String
  /// A regular expression (ECMA 262) that every value the transport accepts matches, for editors; the
  /// transport's initializer stays the judge.
  public let pattern: String?

  /// Describes a key.
  public init(name: String, documentation: String, pattern: String? = nil) {
    self.name = name
    self.documentation = documentation
    self.pattern = pattern
  }
}
