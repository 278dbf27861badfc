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

  /// The source behind a reference; nil for one that could not be read.
  func source(of reference: CredentialReference) -> CredentialSource? {
    switch reference {
    case .inline(let source): source
    case .named(let name): host?.document.credential(name)?.source
    }
  }

  /// The sources of the file: named ones first, then those written in place.
  private var sources: [(source: CredentialSource, name: String, mark: Mark)] {
    guard let document = host?.document else { return [] }
    let named = document.credentials.compactMap { entry in
      entry.source.map { ($0, entry.name, entry.mark) }
    }
    let inline = document.providers.compactMap { entry -> (CredentialSource, String, Mark)? in
      guard let auth = entry.auth, case .inline(let source) = auth.credential else { return nil }
      return (source, entry.id, auth.mark)
    }
    return named + inline
  }
}

extension CredentialSource {
  /// Whether it is a variable, which is set elsewhere than in files.
  var isVariable: Bool { if case .environment = self { true } else { false } }

  /// The source for people.
  var words: String {
    switch self {
    case .environment(let variable): "the variable \(variable)"
    case .file(let path): "the file \(path)"
    }
  }
}
