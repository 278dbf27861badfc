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
  /// A credential that is the same for a long time: no token.
  static var lasting: ConfigurationType {
    let credential = ConfigurationType.credential
    return ConfigurationType(shape: credential.shape) { node, reading in
      let isFlow = node.string.map(reading.names.flows.contains) ?? CredentialKeys.isFlow(node)
      guard !isFlow else {
        reading.report(
          .tokenAsKey,
          "\(reading.place) takes a secret that stays the same, and this credential is a token",
          at: node.span, help: "Name a variable, a file or a program: { env: NAME }.")
        return nil
      }
      return credential.read(node, reading)
    }
  }
}
