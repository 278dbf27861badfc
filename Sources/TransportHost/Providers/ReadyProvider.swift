internal import ProviderConfiguration

/// A provider whose transport was loaded and created.
final class ReadyProvider: Sendable {
  /// Its entry.
  let entry: ProviderEntry
  /// Its transport.
  let instance: TransportInstance

  /// Creates the transport of an entry.
  ///
  /// - Throws: `config_invalid` with the plugin's words and the setting's place, or why there is no
  ///   plugin.
  init(
    _ entry: ProviderEntry, of document: ConfigurationDocument, registry: PluginRegistry
  ) throws(CallError) {
    if let problem = entry.problem {
      throw CallError(.configInvalid, problem.message, source: problem.mark)
    }
    let library: TransportLibrary
    do { library = try registry.library(entry.plugin) } catch {
      throw CallError(
        error.code, "provider \"\(entry.id)\": \(error.message)",
        source: document.mark(ofProvider: entry.id, pointer: "/plugin"))
    }
    do { instance = try TransportInstance(library, settings: InstanceSettings(entry)) } catch {
      throw CallError(error, of: entry.id, in: document)
    }
    self.entry = entry
    try checkHeaders(document)
  }

  /// Takes a transport that was created elsewhere, for a call that leaves no trace.
  init(_ entry: ProviderEntry, instance: TransportInstance) {
    (self.entry, self.instance) = (entry, instance)
  }

  /// A header in which the secret is placed cannot be the user's as well.
  private func checkHeaders(_ document: ConfigurationDocument) throws(CallError) {
    guard let header = entry.credentialHeaders(instance).first else { return }
    throw CallError(
      .configInvalid,
      "provider \"\(entry.id)\": the header \(header.name) carries the credential."
        + " Remove it here and name the credential under auth.", source: header.mark)
  }
}

extension ProviderEntry {
  /// The user's headers that name one in which a transport places the secret.
  func credentialHeaders(_ instance: TransportInstance) -> [HeaderEntry] {
    var reserved = Set(instance.facts.credentialHeaders)
    if case .header(let name) = auth?.style { reserved.insert(name) }
    return headers.filter { reserved.contains($0.name.lowercased()) }
  }
}

extension InstanceSettings {
  /// What an entry says to its transport.
  init(_ entry: ProviderEntry) {
    let (style, header) =
      switch entry.auth?.style {
      case nil: ("none", "")
      case .key: ("key", "")
      case .bearer: ("bearer", "")
      case .header(let name): ("header", name)
      }
    self.init(
      provider: entry.id, baseURL: entry.baseURL?.value ?? "",
      options: entry.options?.json ?? Array("{}".utf8), authentication: style,
      authenticationHeader: header, state: entry.state.value.rawValue,
      unsupported: entry.params.unsupported?.value.rawValue ?? "drop",
      allowsHTTP: entry.allowsHTTP)
  }
}

extension CallError {
  /// The first finding of a plugin that refused an entry.
  init(_ refusal: SettingsRefused, of provider: String, in document: ConfigurationDocument) {
    let first = refusal.findings.first
    let mark = document.mark(ofProvider: provider, pointer: first?.pointer ?? "")
    self.init(
      .configInvalid, "provider \"\(provider)\": \(first?.message ?? "its entry was refused")",
      source: mark)
    if let first {
      correction = document.correction(
        ofProvider: provider, pointer: first.pointer, first.suggestion)
    }
  }
}
