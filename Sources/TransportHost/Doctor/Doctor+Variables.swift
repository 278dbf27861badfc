internal import ProviderConfiguration

extension Doctor {
  /// Each variable that the file names: those of credentials, and those in braces.
  var variables: [Finding] {
    guard let host else { return [] }
    return secretVariables.map(secret) + host.document.variables.map(inserted)
  }

  private func secret(_ use: (variable: String, name: String, mark: Mark)) -> Finding {
    let value = options.environment(use.variable) ?? ""
    guard !value.allSatisfy(\.isWhitespace) else {
      return .warning(
        use.variable, "not set; calls with the credential \"\(use.name)\" cannot work",
        advice: "export \(use.variable)=…", at: use.mark)
    }
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      return .error(
        use.variable, "set, and holds a line break or another control character",
        advice: "Store the secret as one line.", at: use.mark)
    }
    guard value.first?.isWhitespace != true, value.last?.isWhitespace != true else {
      return .warning(
        use.variable, "set, and begins or ends with a blank, which is sent as a part of the secret",
        advice: "Store the secret without blanks around it.", at: use.mark)
    }
    return .ok(use.variable, "set, for the credential \"\(use.name)\"", at: use.mark)
  }

  private func inserted(_ use: VariableUse) -> Finding {
    switch (options.environment(use.name), use.hasDefault) {
    case (nil, true): .ok(use.name, "not set; its default stands in", at: use.mark)
    case (nil, false):
      .warning(
        use.name, "not set, and has no default; what it stands in is disabled",
        advice: "export \(use.name)=… or write ${\(use.name):-default}", at: use.mark)
    case ("", false): .warning(use.name, "set, and empty", at: use.mark)
    default: .ok(use.name, "set", at: use.mark)
    }
  }
}
