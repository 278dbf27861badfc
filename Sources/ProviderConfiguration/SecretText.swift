/// Text from elsewhere that is shown to people.
package enum SecretText {
  /// A copy in which every word that is probably a secret is blanked out.
  package static func blanking(_ text: String) -> String { SecretPattern.blanking(text) }

  /// Whether the name of a member announces a secret.
  package static func isName(ofSecret name: String) -> Bool { SecretPattern.isSecretName(name) }
}
