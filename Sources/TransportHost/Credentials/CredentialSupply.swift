internal import ProviderConfiguration

/// What a request proves itself with.
struct SuppliedCredential: Sendable {
  /// The key or the token.
  let secret: Secret
  /// Whether it is a token that can be renewed, and not a key that only people change.
  let isToken: Bool
  /// The scope that the token has, or empty.
  let scope: String
}

/// Supplies keys and tokens to calls.
final class CredentialSupply: Sendable {
  private let document: ConfigurationDocument
  private let options: TransportHost.Options

  init(_ document: ConfigurationDocument, _ options: TransportHost.Options) {
    self.document = document
    self.options = options
  }

  /// The credential of a provider, as it should be placed now; nil where none is configured.
  ///
  /// - Parameters:
  ///   - provider: Whose.
  ///   - scope: The scope that an upstream asked for by name; empty: the provider's own.
  ///   - refused: A credential that the upstream has just refused: a token is then renewed once for all
  ///     that hold it, before its time.
  /// - Throws: What the source could not do, with the configuration behind it.
  func credential(
    for provider: ReadyProvider, scope: String = "", replacing refused: SuppliedCredential? = nil
  ) async throws(CallError) -> SuppliedCredential? {
    guard case .secret(let source) = document.credentialSource(of: provider.entry) else {
      return nil
    }
    do {
      let secret = try SecretReader(document: document, environment: options.environment)
        .secret(source, name: provider.entry.credentialName ?? "")
      return SuppliedCredential(secret: secret, isToken: false, scope: "")
    } catch {
      throw CallError(.configInvalid, error.message, source: provider.entry.auth?.mark)
    }
  }
}
