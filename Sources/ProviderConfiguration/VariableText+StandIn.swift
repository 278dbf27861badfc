extension VariableText {
  /// What could stand for a variable that is not set, for people to replace; nil for a secret.
  ///
  /// Names are made of the variable's; in a URL it must leave a URL.
  ///
  /// - Parameters:
  ///   - name: The variable.
  ///   - range: Where it stands, in scalars.
  ///   - text: What it stands in.
  ///   - isURL: Whether that must be a URL.
  /// - Returns: The default.
  static func standIn(
    for name: String, at range: Range<Int>, in text: String, isURL: Bool
  ) -> String? {
    guard !SecretPattern.isSecretName(name) else { return nil }
    let scalars = text.unicodeScalars
    let before = String(scalars.prefix(range.lowerBound))
    let after = String(scalars.dropFirst(range.upperBound))
    let words = name.lowercased().split(separator: "_").joined(separator: "-")
    let word = words.isEmpty ? "value" : words
    guard isURL else { return word }
    if after.hasPrefix("://") { return "https" }
    // A reserved domain, so that nothing is sent to anybody.
    if before.isEmpty { return "https://\(word).example" }
    return before.hasSuffix(":") ? "8080" : word
  }
}
