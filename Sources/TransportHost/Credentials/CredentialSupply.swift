internal import ProviderConfiguration
internal import Synchronization

/// What a request proves itself with.
struct SuppliedCredential: Sendable {
  /// The key or the token.
  let secret: Secret
  /// Whether it is a token that can be renewed, and not a key that only people change.
  let isToken: Bool
  /// The scope that the token has, or empty.
  let scope: String
  /// Counts the tokens of one source: one that came in place of a refused one has another number,
  /// unless nothing better is to be had.
  var number = 0
  /// The scope that was asked for; empty: the provider's own.
  var askedScope = ""
  /// When it ends, on the host's clock; nil: not known.
  var end: Duration?
  /// How the sources of a token fared; a secret has the one that the configuration names.
  var sources: [CredentialStatus.Source] = []
}

/// Supplies keys and tokens to calls.
final class CredentialSupply: Sendable {
  private struct Key: Hashable {
    let provider: String
    let credential: String
    let scope: String
  }

  private struct State: Sendable {
    var cells: [Key: TokenCell] = [:]
    /// The scope that an upstream named and then took, by provider.
    var confirmed: [String: String] = [:]
    /// How the sources of the last run fared, by provider.
    var sources: [String: [CredentialStatus.Source]] = [:]
  }

  /// How many scopes of one provider are kept besides its own: more than one is already odd.
  private static let scopeLimit = 8

  private let document: ConfigurationDocument
  private let options: TransportHost.Options
  private let engine: SharedEngine
  private let reader: SecretReader
  private let state = Mutex(State())

  init(
    _ document: ConfigurationDocument, _ options: TransportHost.Options, engine: SharedEngine
  ) {
    self.document = document
    self.options = options
    self.engine = engine
    reader = SecretReader(document: document, environment: options.environment)
  }

  /// The credential of a provider, as it should be placed now; nil where none is configured.
  ///
  /// - Parameters:
  ///   - provider: Whose.
  ///   - scope: The scope that an upstream asked for by name; empty: the provider's own.
  ///   - refused: A credential that the upstream has just refused: a token is then renewed once for all
  ///     that hold it, before its time.
  /// - Returns: The credential. One with the number of the refused one is all there is: a token that
  ///   had just replaced another refused one is not replaced again.
  /// - Throws: What the source could not do, with the configuration behind it.
  func credential(
    for provider: ReadyProvider, scope: String = "", replacing refused: SuppliedCredential? = nil
  ) async throws(CallError) -> SuppliedCredential? {
    switch try supply(of: provider, scope: scope) {
    case .nothing: return nil
    case .secret(let secret): return secret
    case .token(let cell, let scope): return try await token(of: cell, scope, replacing: refused)
    }
  }

  private enum Supply {
    case nothing
    case secret(SuppliedCredential)
    case token(TokenCell, scope: String)
  }

  // Not inlined: see `Indirect`.
  @inline(never)
  private func supply(of provider: ReadyProvider, scope: String) throws(CallError) -> Supply {
    switch document.credentialSource(of: provider.entry) {
    case nil:
      guard provider.entry.auth == nil else { throw unusable(provider.entry) }
      return .nothing
    case .secret(let source): return .secret(try secret(source, of: provider.entry))
    case .exec(let entry):
      return token(of: provider, scope) { helper(entry, of: provider, scope: $0) }
    case .flow(let flow):
      return token(of: provider, scope) { self.flow(flow, of: provider, scope: $0) }
    }
  }

  private func helper(
    _ entry: ExecEntry, of provider: ReadyProvider, scope: String
  ) -> TokenCell.Source {
    let source = HelperSource(
      entry: entry, provider: provider.entry, document: document, clock: options.clock,
      scope: scope)
    return { () async throws(CallError) in try await source.token() }
  }

  private func flow(
    _ flow: FlowEntry, of provider: ReadyProvider, scope: String
  ) -> TokenCell.Source {
    let source = FlowSource(
      flow: flow, provider: provider, document: document, options: options, engine: engine,
      scope: scope
    ) { [weak self] sources in
      self?.state.withLock { $0.sources[provider.entry.id] = sources }
    }
    return { () async throws(CallError) in try await source.token() }
  }

  /// An upstream has taken a token of a scope that it named itself: the provider's own from now on.
  func confirm(scope: String, for provider: ReadyProvider) {
    state.withLock { $0.confirmed[provider.entry.id] = scope }
  }

  /// How the sources of a provider's last run fared; empty before the first one.
  func lastSources(of provider: ProviderEntry) -> [CredentialStatus.Source] {
    state.withLock { $0.sources[provider.id] ?? [] }
  }

  private func secret(
    _ source: SecretSource, of entry: ProviderEntry
  ) throws(CallError) -> SuppliedCredential {
    do {
      let secret = try reader.secret(source, name: entry.credentialName ?? "")
      return SuppliedCredential(secret: secret, isToken: false, scope: "")
    } catch {
      throw CallError(.configInvalid, error.message, source: entry.auth?.mark)
    }
  }

  private func token(
    of cell: TokenCell, _ scope: String, replacing refused: SuppliedCredential?
  ) async throws(CallError) -> SuppliedCredential {
    let number = refused.flatMap { $0.askedScope == scope ? $0.number : nil }
    let held = try await cell.token(replacing: number)
    return SuppliedCredential(
      secret: held.token.secret, isToken: true, scope: held.token.scope, number: held.number,
      askedScope: scope, end: held.token.lifetime.map { held.obtained + $0 },
      sources: held.token.sources)
  }

  private func token(
    of provider: ReadyProvider, _ asked: String, _ source: (String) -> TokenCell.Source
  ) -> Supply {
    let id = provider.entry.id
    return state.withLock { state in
      let scope = asked.isEmpty ? state.confirmed[id] ?? "" : asked
      let key = Key(
        provider: id, credential: provider.entry.credentialName ?? id, scope: scope)
      if let cell = state.cells[key] { return .token(cell, scope: scope) }
      // Names of scopes come from upstreams: their number is not ours.
      let others = state.cells.keys.filter { $0.provider == id && !$0.scope.isEmpty }
      if others.count >= Self.scopeLimit { for key in others { state.cells[key] = nil } }
      let cell = TokenCell(clock: options.clock, source: source(scope))
      state.cells[key] = cell
      return .token(cell, scope: scope)
    }
  }

  private func unusable(_ entry: ProviderEntry) -> CallError {
    let name = entry.credentialName ?? entry.id
    return CallError(
      .configInvalid,
      document.credential(name)?.problem?.message ?? "credential \"\(name)\" cannot be used",
      source: entry.auth?.mark)
  }
}
