internal import ProviderConfiguration
internal import Synchronization

/// Creates transports when a call first needs them, each once, and remembers what failed.
final class ProviderPool: Sendable {
  let registry: PluginRegistry
  let search: PluginSearch
  private let document: ConfigurationDocument
  private let ready = Mutex<[String: Result<ReadyProvider, CallError>]>([:])

  init(_ document: ConfigurationDocument, _ options: TransportHost.Options) {
    self.document = document
    search = PluginSearch(
      directories: options.pluginDirectories, environment: options.environment)
    var paths: [String: String] = [:]
    for plugin in document.plugins {
      guard let path = plugin.path?.value else { continue }
      paths[plugin.id] = PluginSearch.resolve(path, besides: document.file)
    }
    registry = PluginRegistry(search: search, paths: paths, linked: options.transports)
  }

  /// The provider of an id.
  ///
  /// Creation happens under the lock, as the ABI's tag `[load]` asks.
  func provider(_ id: String) throws(CallError) -> ReadyProvider {
    let result = ready.withLock { ready in
      if let known = ready[id] { return known }
      let result = Result { () throws(CallError) in try create(id) }
      ready[id] = result
      return result
    }
    return try result.get()
  }

  private func create(_ id: String) throws(CallError) -> ReadyProvider {
    guard let entry = document.provider(id) else {
      let known = document.providers.map(\.id).joined(separator: ", ")
      throw CallError(
        .configInvalid, "unknown provider \"\(id)\". Defined under providers: \(known).")
    }
    return try ReadyProvider(entry, of: document, registry: registry)
  }
}
