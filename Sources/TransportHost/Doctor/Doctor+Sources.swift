internal import ProviderConfiguration

// Where secrets come from, read off the configuration. All that knows the kinds of sources is here.
extension Doctor {
  /// The variables that hold secrets, each once.
  var secretVariables: [(variable: String, name: String, mark: Mark)] {
    var seen: Set<String> = []
    return sources.compactMap { source, name, mark in
      guard case .environment(let variable) = source, seen.insert(variable).inserted else {
        return nil
      }
      return (variable, name, mark)
    }
  }

  /// The files that hold secrets, each once, as written and as absolute paths.
  var secretFiles: [(written: String, path: String, name: String, mark: Mark)] {
    var seen: Set<String> = []
    return sources.compactMap { source, name, mark in
      guard case .file(let written) = source else { return nil }
      let path = PluginSearch.absolute(written, besides: file)
      return seen.insert(path).inserted ? (written, path, name, mark) : nil
    }
  }

  /// What a credential reads on this machine: itself, or the secrets of its token flow.
  func secrets(of source: CredentialSource) -> [SecretSource] {
    switch source {
    case .secret(let source): [source]
    case .exec: []
    case .flow(let flow): flow.secrets
    }
  }

  /// The sources of the file: named ones first, then those written in place.
  private var sources: [(source: SecretSource, name: String, mark: Mark)] {
    guard let document = host?.document else { return [] }
    let named = document.credentials.compactMap { entry in
      entry.source.map { ($0, entry.name, entry.mark) }
    }
    let inline = document.providers.compactMap { entry -> (CredentialSource, String, Mark)? in
      guard let auth = entry.auth, case .inline(let source) = auth.credential else { return nil }
      return (source, entry.id, auth.mark)
    }
    let tags = document.stateKey.flatMap { entry -> (CredentialSource, String, Mark)? in
      guard case .inline(let source) = entry.credential else { return nil }
      return (source, "state_key", entry.mark)
    }
    return (named + inline + [tags].compactMap(\.self)).flatMap { source, name, mark in
      secrets(of: source).map { ($0, name, mark) }
    }
  }
}

extension SecretSource {
  /// Whether it is a variable, which is set elsewhere than in files.
  var isVariable: Bool { if case .environment = self { true } else { false } }
}

extension CredentialSource {
  /// The source for people.
  var words: String {
    switch self {
    case .secret(.environment(let variable)): "the variable \(variable)"
    case .secret(.file(let path)): "the file \(path)"
    case .exec(let entry): "the program \(entry.command.first ?? "")"
    case .flow(let flow): "the token flow \(flow.name)"
    }
  }
}
