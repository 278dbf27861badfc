internal import YAML

/// How a provider's requests prove who sends them.
package struct AuthEntry: Sendable, Hashable {
  /// How the secret is presented.
  package enum Style: Sendable, Hashable {
    /// As the plugin knows.
    case key
    /// As a bearer token.
    case bearer
    /// As the value of this header, in lower case.
    case header(String)
  }

  /// How the secret is presented.
  package let style: Style
  /// Which secret.
  package let credential: CredentialReference
  /// Where the credential is written.
  package let mark: Mark
}

enum AuthHeaderKeys {
  static let name = ConfigurationKey(
    "name", .headerName, isRequired: true, doc: "The header's name.", misnomers: ["header"])

  static let value = ConfigurationKey(
    "value", ConfigurationType.credential.sourced, isRequired: true,
    doc: "The credential that is the header's whole value.", misnomers: ["key", "credential"])

  static let table = ConfigurationTable(
    "auth-header", title: "providers.<id>.auth.header",
    doc: "A header that carries the secret alone.",
    example: "{ name: x-api-key, value: { env: NAME } }",
    keys: [name.description, value.description])

  static let type = ConfigurationType<AuthEntry>.table(table) { members in
    guard let name = members.value(name), let value = members.value(value), let mark = value.mark
    else { return nil }
    return AuthEntry(style: .header(name.lowercased()), credential: value.value, mark: mark)
  }
}

enum AuthKeys {
  static let key = ConfigurationKey(
    "key", ConfigurationType.credential.sourced,
    doc: "A secret that is presented as the plugin knows; what suits almost always.",
    misnomers: ["api_key", "credential"])

  static let bearer = ConfigurationKey(
    "bearer", ConfigurationType.credential.sourced,
    doc: "A secret that is sent as `authorization: Bearer …`.", misnomers: ["token"])

  static let header = ConfigurationKey(
    "header", AuthHeaderKeys.type, doc: "A secret that is sent as the value of a header.")

  static let table = ConfigurationTable(
    "auth", title: "providers.<id>.auth",
    doc: "The secret of a provider and how it is presented. Without it none is sent.",
    example: "{ key: { env: NAME } }", rule: .exactlyOne,
    keys: [key.description, bearer.description, header.description])

  static let type = ConfigurationType<AuthEntry>.table(table) { members in
    reportTokenAsKey(members)
    return entry(.key, members.value(key)) ?? entry(.bearer, members.value(bearer))
      ?? members.value(header)
  }

  /// Upstreams take keys and tokens in different headers.
  private static func reportTokenAsKey(_ members: Members) {
    guard let entry = members.node.entry(key.name) else { return }
    let isToken =
      entry.value.string.map(members.reading.names.flows.contains)
      ?? CredentialKeys.isFlow(entry.value)
    guard isToken else { return }
    members.reading.report(
      .tokenAsKey, "\(members.reading.place).key takes a key, and this credential is a token",
      at: entry.keySpan, help: "A token is presented as a bearer.",
      suggestion: (bearer.name, entry.keySpan))
  }

  private static func entry(
    _ style: AuthEntry.Style, _ reference: Sourced<CredentialReference>?
  ) -> AuthEntry? {
    guard let reference, let mark = reference.mark else { return nil }
    return AuthEntry(style: style, credential: reference.value, mark: mark)
  }
}
