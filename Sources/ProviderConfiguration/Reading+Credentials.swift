internal import YAML

extension Reading {
  /// The name of a credential that exists; nil after reporting what it is instead.
  func credential(_ text: String, _ node: YAMLNode) -> String? {
    if names.credentials.contains(text) { return text }
    if let variable = CredentialText.variable(in: text) {
      report(
        .variableNotAllowed, "\(place) takes the name of a credential; a variable is a source",
        at: node.span, suggestion: ("{ env: \(variable) }", node.span))
      return nil
    }
    guard SecretPattern.isPlausibleName(text) else {
      reportSecret(node, text, wanted: "the name of a credential")
      return nil
    }
    reportUnknownCredential(text, node)
    return nil
  }

  /// Reports a value that is no name: without showing it, since it may be the secret itself.
  func reportSecret(_ node: YAMLNode, _ text: String, wanted: String) {
    let isSource = wanted.hasSuffix("variable")
    let variable = variableName(for: text)
    report(
      .plaintextSecret, "\(place) takes \(wanted); what stands here may be a secret",
      at: node.span,
      help: "Put the secret into a variable or a file, and change it if the file was ever shared.",
      suggestion: (isSource ? variable : "{ env: \(variable) }", node.span))
  }

  func checkIsSet(_ variable: String, _ node: YAMLNode) {
    guard environment(variable)?.isEmpty ?? true else { return }
    report(
      .unsetCredential, "the variable \(variable) is not set or empty", at: node.span,
      help: "Set it before a call; checking and explaining need no secret.")
  }

  private func reportUnknownCredential(_ text: String, _ node: YAMLNode) {
    let meant = Spelling.nearest(to: text, among: names.credentials)
    let correction =
      meant.map(YAMLText.scalar)
      ?? (CredentialText.isVariableName(text) ? "{ env: \(text) }" : nil)
    let known = names.credentials.isEmpty ? "none" : names.credentials.joined(separator: ", ")
    report(
      .unknownCredential, "unknown credential \(quote(text))" + didYouMean(meant), at: node.span,
      help: meant == nil ? "Defined under credentials: \(known)." : nil,
      suggestion: correction.map { ($0, node.span) })
  }

  /// `MAIN_API_KEY` for what is written somewhere in the provider or credential `main`.
  private func variableName(for text: String) -> String {
    let steps = place.split(separator: ".")
    let id = steps.count > 1 ? steps[1].uppercased() : "MY"
    let word = id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    let name = String(word.drop { $0 == "_" || $0.isNumber })
    return (name.isEmpty ? "MY" : name) + "_API_KEY"
  }
}
