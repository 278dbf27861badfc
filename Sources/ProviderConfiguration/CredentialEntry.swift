internal import YAML

/// Where a secret is read from; the secret itself is never part of a configuration.
package enum SecretSource: Sendable, Hashable {
  /// An environment variable.
  case environment(String)
  /// A file, relative to the configuration file unless absolute.
  case file(String)
}

/// Where a credential comes from.
package enum CredentialSource: Sendable, Hashable {
  /// A secret that is read as it is.
  case secret(SecretSource)
  /// A program that prints it.
  case exec(ExecEntry)
  /// A token that a plugin knows how to obtain.
  case flow(FlowEntry)
}

/// A named credential, under `credentials`.
package struct CredentialEntry: Sendable {
  /// Its key, which `auth` names.
  package let name: String
  /// Where the secret is read from; nil when the entry could not be read.
  package let source: CredentialSource?
  /// Where the entry begins.
  package let mark: Mark
  /// Why it cannot be used; nil when it can.
  package let problem: Diagnostic?
}

/// What `auth` refers to: an entry under `credentials`, or a source written in place.
package enum CredentialReference: Sendable, Hashable {
  /// The key of an entry under `credentials`.
  case named(String)
  /// A source of the provider's own.
  case inline(CredentialSource)
}

enum CredentialKeys {
  static let environment = ConfigurationKey(
    "env", .variableName,
    doc: "The name of the environment variable that holds the secret.",
    misnomers: ["variable", "env_var", "env_key", "environment"])

  static let file = ConfigurationKey(
    "file", .secretFile,
    doc: """
      A file that holds the secret, relative to this file; white space at its end is not part of \
      the secret.
      """, misnomers: ["path"])

  static let exec = ConfigurationKey(
    "exec", ExecKeys.type, doc: "A program that prints the secret.",
    misnomers: ["command", "helper"])

  /// Any other key with a mapping: which flows there are, plugins know.
  static let flow = KeyDescription(
    name: "<flow>", shape: .named("setting", .any, .anything), isRequired: false, defaultText: nil,
    doc: """
      A token flow of the plugin that uses the credential, which checks the settings. Variables are \
      replaced in their texts. A secret among them is a source: `{ env: NAME }` or `{ file: PATH }`.
      """, since: "0.1", misnomers: [])

  static let table = ConfigurationTable(
    "credential", title: "credentials.<id>",
    doc: "Where a secret is read from. The secret itself never stands in the file.",
    example: "{ env: NAME }", rule: .exactlyOne,
    keys: [environment.description, file.description, exec.description], others: flow)

  static let type = ConfigurationType<CredentialSource>.table(table) { members in
    secret(members).map(CredentialSource.secret)
      ?? members.value(exec).map(CredentialSource.exec)
      ?? members.others.first.flatMap { FlowEntry($0, members.reading) }.map(CredentialSource.flow)
  }

  /// A secret that stays the same: neither a program prints it, nor does a flow renew it.
  static let lastingTable = ConfigurationTable(
    "state-key", title: "state_key",
    doc: "Where the secret is read from that response ids are tagged with.",
    example: "{ env: NAME }", rule: .exactlyOne,
    keys: [environment.description, file.description])

  /// A secret among the settings of a flow.
  static let secretType = ConfigurationType<SecretSource>.table(
    ConfigurationTable(
      "secret", title: "secret", doc: "A secret.", example: "{ env: NAME }", rule: .exactlyOne,
      keys: [environment.description, file.description]), secret)

  @Sendable private static func secret(_ members: Members) -> SecretSource? {
    members.value(environment).map(SecretSource.environment)
      ?? members.value(file).map(SecretSource.file)
  }

  /// Whether a mapping inside of a flow is the source of a secret.
  static func isPlainSource(_ entries: [YAMLEntry]) -> Bool {
    entries.count == 1 && [environment.name, file.name].contains(entries[0].name)
  }

  /// Whether a credential is a token flow.
  static func isFlow(_ node: YAMLNode) -> Bool {
    (node.entries ?? []).contains(where: table.holdsAsOther)
  }

  /// Whether a credential is what a program prints.
  static func isProgram(_ node: YAMLNode) -> Bool { node.entry(exec.name) != nil }
}

extension ConfigurationType where Value == String {
  /// The name of a variable, never its value.
  fileprivate static var variableName: ConfigurationType {
    let shape = TypeShape.text(
      "variable name", pattern: NameRule.variable.pattern, hasVariables: false)
    return ConfigurationType(shape: shape) { node, reading in
      guard let text = reading.string(node, wanted: "the name of a variable") else { return nil }
      if let name = CredentialText.variable(in: text) {
        reading.report(
          .variableNotAllowed, "env takes the name of a variable, without $ and braces",
          at: node.span, suggestion: (name, node.span))
        return nil
      }
      guard NameRule.variable.allows(text), !SecretPattern.matches(text) else {
        reading.reportSecret(node, text, wanted: "the name of a variable")
        return nil
      }
      reading.checkIsSet(text, node)
      return text
    }
  }

  fileprivate static var secretFile: ConfigurationType {
    let shape = TypeShape.text("file name", pattern: nil, hasVariables: false)
    return ConfigurationType(shape: shape) { node, reading in
      guard let text = reading.literal(node, wanted: "text") else { return nil }
      guard !text.isEmpty else {
        reading.report(.emptyValue, "\(reading.place) must not be empty", at: node.span)
        return nil
      }
      return text
    }
  }
}

extension TypeShape {
  /// The name of a credential.
  static var credentialName: TypeShape {
    .text("credential name", pattern: NameRule.identifier.pattern, hasVariables: false)
  }
}

extension ConfigurationType where Value == CredentialReference {
  /// The name of a credential, or a source in place.
  static var credential: ConfigurationType {
    let shape = TypeShape.either(.credentialName, CredentialKeys.type.shape)
    return ConfigurationType(shape: shape) { node, reading in
      guard node.entries == nil else {
        return CredentialKeys.type.read(node, reading).map(CredentialReference.inline)
      }
      guard let text = node.string else {
        reading.mismatch(
          node, wanted: "the name of a credential or a mapping such as { env: NAME }")
        return nil
      }
      return reading.credential(text, node).map(CredentialReference.named)
    }
  }
}

/// What users write where the name of a credential is due.
enum CredentialText {
  /// The variable in `$NAME` or `${NAME}`; nil for anything else.
  static func variable(in text: String) -> String? {
    guard text.hasPrefix("$") else { return nil }
    let name = text.dropFirst().trimming("{", "}")
    return NameRule.variable.allows(name) ? name : nil
  }

  /// Whether a text is written as variables are: `ACME_API_KEY`.
  static func isVariableName(_ text: String) -> Bool {
    NameRule.variable.allows(text) && text.contains("_") && text.allSatisfy { !$0.isLowercase }
  }
}

extension Substring {
  fileprivate func trimming(_ prefix: Character, _ suffix: Character) -> String {
    guard first == prefix, last == suffix else { return String(self) }
    return String(dropFirst().dropLast())
  }
}
