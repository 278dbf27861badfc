public import CTransportABI
internal import ProviderConfiguration
internal import Synchronization

/// Loads plugins when they are first needed, each once, and remembers what failed.
package final class PluginRegistry: Sendable {
  private struct State: Sendable {
    var loaded: [String: Result<TransportLibrary, PluginError>] = [:]
  }

  private let search: PluginSearch
  private let paths: [String: String]
  private let linked: [String: Result<TransportLibrary, PluginError>]
  private let state = Mutex(State())

  /// Prepares to load.
  ///
  /// - Parameters:
  ///   - search: Where plugins without a path are looked for.
  ///   - paths: Absolute paths of those that have one, by id.
  ///   - linked: Transports that are part of this program; they win over files.
  package init(search: PluginSearch, paths: [String: String], linked: [LinkedTransport]) {
    self.search = search
    self.paths = paths
    self.linked = Dictionary(
      linked.map { transport in
        let library = Result { () throws(PluginError) in
          unsafe try TransportLibrary(entry: transport.entry, file: nil, expecting: transport.id)
        }
        return (transport.id, library)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The plugin of an id, loaded now if it was not yet.
  ///
  /// Loading happens under the lock: the ABI asks for one `[load]` call at a time.
  package func library(_ id: String) throws(PluginError) -> TransportLibrary {
    if let transport = linked[id] { return try transport.get() }
    let result = state.withLock { state in
      if let known = state.loaded[id] { return known }
      let result = Result { () throws(PluginError) in try load(id) }
      state.loaded[id] = result
      return result
    }
    return try result.get()
  }

  /// The file that an id stands for, without loading it, or nil when there is none.
  package func file(of id: String) -> String? {
    paths[id] ?? search.find(id)
  }

  private func load(_ id: String) throws(PluginError) -> TransportLibrary {
    if let path = paths[id] {
      guard PluginSearch.isFile(path) else {
        throw .unavailable(
          "cannot load plugin \"\(id)\": its path in the configuration is \"\(path)\", and no file"
            + " is there. Correct the path, or leave it out to have it searched for.")
      }
      return try TransportLibrary(opening: path, expecting: id)
    }
    guard let path = search.find(id) else {
      throw .unavailable(
        "cannot load plugin \"\(id)\"\(meant(by: id)): no \(PluginSearch.fileName(of: id)) in"
          + " \(search.description). Install it in one of these places, or name its file under"
          + " plugins in the configuration.")
    }
    return try TransportLibrary(opening: path, expecting: id)
  }

  private func meant(by id: String) -> String {
    let found = PluginListing(search).places.flatMap(\.plugins).map(\.id)
    let nearest = Spelling.nearest(to: id, among: Array(paths.keys) + Array(linked.keys) + found)
    return nearest.map { " (did you mean \"\($0)\"?)" } ?? ""
  }
}

/// A transport that is part of this program instead of a file.
@safe public struct LinkedTransport: Sendable {
  /// What `plugin:` names.
  public let id: String
  /// SAFETY: an entry is valid, unchanged, as long as the process.
  nonisolated(unsafe) let entry: UnsafePointer<jf_entry>

  /// Registers an entry under an id.
  ///
  /// - Parameters:
  ///   - id: Must be the entry's own.
  ///   - entry: What the transport's entry function returns; never freed.
  public init(id: String, entry: UnsafePointer<jf_entry>) {
    self.id = id
    unsafe self.entry = entry
  }
}
