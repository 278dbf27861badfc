internal import ProviderConfiguration

extension Doctor {
  /// For each provider, what proves who asks; then the secret that response ids are tagged with.
  var credentials: [Finding] {
    proofs + [stateKey].compactMap(\.self)
  }

  /// Whether response ids can be tagged; nil where the file names no secret for it.
  private var stateKey: Finding? {
    guard let host, let entry = host.document.stateKey else { return nil }
    guard let problem = host.state.problem else {
      let source = entry.source.map { " with the secret from \($0.words)" } ?? ""
      return .ok("state_key", "response ids are tagged\(source)", at: entry.mark)
    }
    let isUnset = host.state.finding == nil
    return isUnset
      ? .warning("state_key", problem, at: entry.mark)
      : .error("state_key", problem, at: entry.mark)
  }

  private var proofs: [Finding] {
    patients.flatMap { patient -> [Finding] in
      guard let auth = patient.entry.auth, let name = patient.entry.credentialName else {
        return [
          .ok("provider \(patient.entry.id)", "sends no credential", at: patient.entry.mark)
        ]
      }
      let outlook = credentialOutlook(patient.entry, auth, name)
      return [outlook] + (outlook.severity == .ok ? sources(of: patient) : [])
    }
  }

  /// What a token flow would do first, as far as that can be told without asking anybody.
  private func sources(of patient: Patient) -> [Finding] {
    guard let host, case .created(let instance) = patient.state,
      case .flow(let flow)? = host.document.credentialSource(of: patient.entry)
    else { return [] }
    let outlook = FlowOutlook(
      of: flow, instance, entry: patient.entry, document: host.document, options: options)
    let subject = { (name: String) in "provider \(patient.entry.id): \(name)" }
    var found = outlook.sources.map { source -> Finding in
      source.outcome == .failed
        ? .warning(subject(source.name), source.reason, at: patient.entry.auth?.mark)
        : .ok(subject(source.name), source.words, at: patient.entry.auth?.mark)
    }
    switch outlook.end {
    case .asks(let whom): found.append(.ok(subject(flow.name), "would ask \(whom)"))
    case .runs(let program): found.append(.ok(subject(flow.name), "would run \(program)"))
    case .fails(let words): found.append(.error(subject(flow.name), words, at: outlook.mark))
    }
    return found
  }

  /// What a credential would be asked of first, without asking.
  private func credentialOutlook(
    _ entry: ProviderEntry, _ auth: AuthEntry, _ name: String
  ) -> Finding {
    let subject = "provider \(entry.id)"
    guard let host, let source = host.document.credentialSource(of: entry) else {
      return .error(subject, "credential \"\(name)\" cannot be used", at: auth.mark)
    }
    let how =
      switch auth.style {
      case .key: "as the plugin presents a key"
      case .bearer: "as a bearer token"
      case .header(let header): "in the header \(header)"
      }
    let reader = SecretReader(document: host.document, environment: options.environment)
    for secret in secrets(of: source) {
      do {
        // A token flow may read a key of many lines; what is presented itself is one line.
        if case .flow = source {
          _ = try reader.material(secret, name: name)
        } else {
          _ = try reader.secret(secret, name: name)
        }
      } catch {
        return secret.isVariable
          ? .warning(subject, error.message, at: auth.mark)
          : .error(subject, error.message, at: auth.mark)
      }
    }
    if let obstacle = obstacle(of: source, for: entry) {
      return .error(subject, "credential \"\(name)\" cannot be had: \(obstacle)", at: auth.mark)
    }
    let asked = outlook(of: source, for: entry)
    return .ok(
      subject, "credential \"\(name)\" from \(source.words)\(asked), \(how)", at: auth.mark)
  }
}
