internal import ProviderConfiguration
internal import Routing

/// What failures of a target may blame, by what the file says of it: equal names mean one thing.
package struct ScopeNames: Sendable, Hashable {
  /// A model at a provider.
  package let model: String
  /// The credential, by its name or by the provider whose own it is.
  package let credential: String
  /// The base URL, or the plugin with the options that stand for it.
  package let endpoint: String
  /// Scheme, host and port, or the same as the endpoint.
  package let network: String

  init(_ route: Route) {
    let provider = route.provider
    model = "\(provider.id)/\(route.modelName)"
    credential = provider.credentialName ?? "credential of \(provider.id)"
    let options = String(decoding: provider.options?.json ?? [], as: UTF8.self)
    endpoint =
      provider.baseURL?.value
      ?? (options.isEmpty ? provider.plugin : "\(provider.plugin) \(options)")
    network = Self.origin(of: endpoint)
  }

  /// What a URL has before its path; other words as they are.
  private static func origin(of endpoint: String) -> String {
    let parts = endpoint.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 3 ? parts[..<3].joined(separator: "/") : endpoint
  }
}

extension TargetScopes {
  /// The keys of names.
  init(_ names: ScopeNames) {
    self.init(
      model: names.model, credential: names.credential, endpoint: names.endpoint,
      network: names.network)
  }
}
