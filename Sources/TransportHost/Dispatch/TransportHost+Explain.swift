internal import ProviderConfiguration

extension TransportHost {
  /// Says what a call would send, and why.
  ///
  /// Makes no connection and reads no secret.
  ///
  /// - Throws: What the call would fail with before the wire.
  public func explain(_ request: CallRequest) throws(CallError) -> Explanation {
    let preview = try CallPreview(request, host: self)
    let call = preview.call
    let library = call.provider.instance.library
    return Explanation(
      model: call.route.model, route: preview.steps(host: self), method: call.plan.method,
      url: call.plan.url, headers: call.headers.map { $0.explained(call.provider.entry) },
      body: call.plan.body.isEmpty ? nil : call.plan.bodyBytes(of: call.body), edits: call.edits,
      warnings: preview.warnings + call.warnings + missingSecret(of: call.provider.entry),
      plugin: library.id, file: library.file, version: library.version)
  }

  /// Does what every call does before the wire, and composes nothing for people.
  ///
  /// - Throws: What the call would fail with before the wire.
  package func prepare(_ request: CallRequest) throws(CallError) -> ExchangePlan {
    try CallPreview(request, host: self).call.plan
  }

  /// Why secrets that a call would read are not there; what programs and flows would do is not tried.
  private func missingSecret(of provider: ProviderEntry) -> [String] {
    let name = provider.credentialName ?? provider.id
    let sources: [SecretSource]
    switch document.credentialSource(of: provider) {
    case nil, .exec: return []
    case .secret(let source): sources = [source]
    case .flow(let flow): sources = flow.secrets
    }
    let reader = SecretReader(document: document, environment: options.environment)
    return sources.compactMap { source in
      do throws(SecretUnavailable) {
        _ = try reader.secret(source, name: name)
        return nil
      } catch {
        return error.message
      }
    }
  }
}

extension ExchangePlan.Header {
  fileprivate func explained(_ provider: ProviderEntry) -> Explanation.Header {
    let handle = endsWithCredential ? "{credential:\(provider.credentialName ?? provider.id)}" : ""
    return Explanation.Header(name: name, value: value + handle)
  }
}
