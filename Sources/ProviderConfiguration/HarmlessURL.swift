/// A URL that may be shown.
package enum HarmlessURL {
  /// The URL with what is probably a secret in its query left out, and without user information.
  package static func text(of url: String) -> String {
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let address = SecretPattern.blanking(String(parts[0]))
    guard parts.count == 2 else { return address }
    let pairs = parts[1].split(separator: "&").map { pair -> String in
      let name = pair.prefix { $0 != "=" }
      guard name.count < pair.count, isSecret(name, pair.dropFirst(name.count + 1)) else {
        return String(pair)
      }
      return "\(name)=…"
    }
    return "\(address)?\(pairs.joined(separator: "&"))"
  }

  private static func isSecret(_ name: Substring, _ value: Substring) -> Bool {
    let word = name.lowercased()
    return ["key", "sig", "code"].contains { word.hasSuffix($0) }
      || SecretPattern.isSecretName(word) || SecretPattern.matches(String(value))
  }
}
