internal import YAML

/// The secret that response ids are tagged with.
package struct StateKeyEntry: Sendable {
  /// Which secret.
  package let credential: CredentialReference
  /// Where it is read from; nil when the named credential could not be read.
  package let source: CredentialSource?
  /// Where the reference is written.
  package let mark: Mark
}

extension ConfigurationType where Value == CredentialReference {
  /// A credential that is the same in every process and for a long time: a variable or a file.
  static var lasting: ConfigurationType {
    let credential = ConfigurationType.credential
    let shape = TypeShape.either(.credentialName, .table(CredentialKeys.lastingTable))
    return ConfigurationType(shape: shape) { node, reading in
      guard let kind = changingKind(of: node, reading) else {
        return credential.read(node, reading)
      }
      reading.report(
        .tokenAsKey,
        "\(reading.place) takes a secret that stays the same, and this credential is \(kind)",
        at: node.span, help: "Name a variable or a file: { env: NAME }.")
      return nil
    }
  }

  /// What makes a credential one that may be another one each time it is asked; nil: nothing.
  private static func changingKind(of node: YAMLNode, _ reading: Reading) -> String? {
    let (isFlow, isProgram) =
      node.string.map { (reading.names.flows.contains($0), reading.names.programs.contains($0)) }
      ?? (CredentialKeys.isFlow(node), CredentialKeys.isProgram(node))
    return isFlow ? "a token" : isProgram ? "what a program prints" : nil
  }
}
