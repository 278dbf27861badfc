internal import ProcessIO
internal import ProviderConfiguration

// What is asked for tokens, without asking it: programs that print them, and flows of plugins.
extension Doctor {
  /// Why a source cannot give anything here, as far as can be seen; nil: it may.
  func obstacle(of source: CredentialSource, for entry: ProviderEntry) -> String? {
    switch source {
    case .secret: nil
    case .exec(let helper): obstacle(of: helper.command.first ?? "")
    case .flow(let flow): obstacle(of: flow, for: entry)
    }
  }

  /// What a token source is about to be asked, for people.
  func outlook(of source: CredentialSource, for entry: ProviderEntry) -> String {
    guard case .flow(let flow) = source,
      let facts = try? instance(of: entry)?.tokenFacts(of: flow), !facts.scope.isEmpty
    else { return "" }
    return ", for the scope \(facts.scope)"
  }

  private func obstacle(of program: String) -> String? {
    if program.contains("/") {
      return obstacle(at: PluginSearch.absolute(program, besides: file))
    }
    let places = (options.environment("PATH") ?? "").split(separator: ":")
    let isThere = places.contains { obstacle(at: "\($0)/\(program)") == nil }
    return isThere ? nil : "there is no program \(program) in PATH"
  }

  private func obstacle(at path: String) -> String? {
    do throws(IOFailure) {
      let status = try FileStatus(of: path)
      guard status.isRegular else { return "\(path) is no file" }
      return status.isExecutable ? nil : "\(path) may not be executed"
    } catch {
      return "\(path): \(error)"
    }
  }

  private func obstacle(of flow: FlowEntry, for entry: ProviderEntry) -> String? {
    guard let instance = instance(of: entry) else { return nil }
    do {
      _ = try instance.tokenFacts(of: flow)
      return nil
    } catch {
      return error.findings.first?.message
        ?? "the plugin \(entry.plugin) does not know the token flow \(flow.name)"
    }
  }

  private func instance(of entry: ProviderEntry) -> TransportInstance? {
    patients.first { $0.entry.id == entry.id }?.instance
  }
}
