internal import ProviderConfiguration
internal import Routing
internal import Synchronization

/// Numbers for providers, and for those who can read the state that their upstreams make.
final class Boundaries: Sendable {
  private struct State {
    var numbers: [String: Int32] = [:]
    var names: [String] = []
  }

  private let providers: ProviderPool
  private let document: ConfigurationDocument
  private let state = Mutex(State())

  init(_ document: ConfigurationDocument, providers: ProviderPool) {
    self.document = document
    self.providers = providers
  }

  /// The number of a provider; nil where the file has none of that id.
  func provider(_ id: String) -> Int32? {
    document.providers.firstIndex { $0.id == id }.map(Int32.init)
  }

  /// The provider of a number.
  func provider(_ number: Int32) -> ProviderEntry? {
    document.providers.indices.contains(Int(number)) ? document.providers[Int(number)] : nil
  }

  /// The first provider that can read what was made within a boundary; nil: none can.
  func reader(_ boundary: Int32) -> ProviderEntry? {
    document.providers.first { number(of: $0) == boundary }
  }

  /// Who can read what a provider's upstream makes: as the file says, else as its plugin says, else
  /// nobody but the provider itself.
  func name(of entry: ProviderEntry) -> String {
    entry.stateBoundary?.value ?? told(of: entry) ?? "provider \(entry.id)"
  }

  /// Who can read what a provider's upstream makes, as its plugin says; nil where it does not.
  ///
  /// A plugin that cannot be loaded has no state to read either.
  func told(of entry: ProviderEntry) -> String? {
    let told = try? providers.provider(entry.id).instance.facts.stateBoundary
    return told.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The number of those who can read what a provider's upstream makes.
  func number(of entry: ProviderEntry) -> Int32 {
    let name = name(of: entry)
    return state.withLock { state in
      if let number = state.numbers[name] { return number }
      let number = Int32(state.names.count)
      state.numbers[name] = number
      state.names.append(name)
      return number
    }
  }

  /// The name behind a number.
  func name(_ number: Int32) -> String {
    state.withLock { $0.names.indices.contains(Int(number)) ? $0.names[Int(number)] : "" }
  }
}
