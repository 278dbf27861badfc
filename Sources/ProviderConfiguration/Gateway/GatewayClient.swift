internal import YAML

/// Somebody whom the gateway serves.
package struct GatewayClient: Sendable {
  /// The name, for logs and limits.
  package let name: String
  /// Which secret the client shows; nil only when there is a problem.
  package let token: Sourced<CredentialReference>?
  /// Where the secret is read from; nil when the named credential could not be read.
  package let source: CredentialSource?
  /// The names of models that it may use, patterns included; nil: all.
  package let models: [Sourced<String>]?
  /// Where the entry is written.
  package let mark: Mark
  /// Why it cannot be used; nil when it can.
  package let problem: Diagnostic?

  /// Whether it may use a model, by the name that a request has for it.
  package func mayUse(_ model: String) -> Bool {
    guard let models else { return true }
    return models.contains { allowed in
      NamePattern(allowed.value).map { $0.captures(in: model) != nil } ?? (allowed.value == model)
    }
  }
}

enum ClientKeys {
  static let token = ConfigurationKey(
    "token", ConfigurationType<CredentialReference>.lasting.sourced, isRequired: true,
    doc: """
      The secret that the client sends as `authorization: Bearer` or as `api-key`: a variable or a \
      file.
      """, misnomers: ["key", "api_key", "secret"])

  static let models = ConfigurationKey(
    "models",
    ConfigurationType.list(of: ConfigurationType.name("model name", .model).sourced, minimum: 1),
    doc: "The models that it may use, by the names that clients use; `*` may stand in them.",
    misnomers: ["allow", "allowed_models", "allow_models"])

  static let table = ConfigurationTable(
    "client", title: "gateway.clients.<name>",
    doc: "Somebody whom the gateway serves. With none it serves whoever reaches it.",
    example: "{ token: { env: EDITOR_TOKEN } }", keys: [token.description, models.description])

  static let type = ConfigurationType<ClientFields>.table(table) { members in
    ClientFields(token: members.value(token), models: members.value(models))
  }
}

/// What the file says of a client.
struct ClientFields: Sendable {
  var token: Sourced<CredentialReference>?
  var models: [Sourced<String>]?
}
