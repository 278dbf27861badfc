public import ProviderConfiguration

/// How a provider's credential fares at this moment; never the credential itself.
public struct CredentialStatus: Sendable {
  /// One source that was tried.
  public struct Source: Sendable, Hashable {
    /// How it fared.
    public enum Outcome: String, Sendable, Hashable {
      /// Not set up on this machine.
      case skipped
      /// Set up, and gave nothing.
      case failed
      /// It gave the credential.
      case chosen
    }

    /// Its name: a key of the configuration, or what it reads.
    public let name: String
    /// How it fared.
    public let outcome: Outcome
    /// Why, in words; may be empty.
    public let reason: String

    /// States how a source fared.
    public init(name: String, outcome: Outcome, reason: String) {
      self.name = name
      self.outcome = outcome
      self.reason = reason
    }
  }

  /// The provider's id.
  public let provider: String
  /// The credential's name, for one in place the provider's id; nil: the provider sends none.
  public let credential: String?
  /// `env`, `file`, `exec` or the name of a token flow; empty without a credential.
  public let kind: String
  /// What was tried, in order.
  public var sources: [Source] = []
  /// The scope of the token, or empty.
  public var scope: String = ""
  /// How long it is still used; nil: it has no end that is known.
  public var expiresIn: Duration?
  /// Why there is no credential, or nil.
  public var error: CallError?
  /// Where the credential is written.
  public let source: Mark?
}

extension CredentialStatus {
  /// What is known before anything was asked.
  init(_ entry: ProviderEntry, in document: ConfigurationDocument) {
    provider = entry.id
    credential = entry.credentialName
    source = document.mark(ofCredentialOf: entry, pointer: "")
    kind =
      switch document.credentialSource(of: entry) {
      case nil: ""
      case .secret(.environment): "env"
      case .secret(.file): "file"
      case .exec: "exec"
      case .flow(let flow): flow.name
      }
  }
}

extension TransportHost {
  /// Obtains the credential of one provider, or of each, and says how that went.
  ///
  /// Programs are run and token services are asked, as for a call.
  ///
  /// - Parameter provider: Its id; nil: all, in the order of the file.
  /// - Returns: One status a provider.
  /// - Throws: `config_invalid` for a provider that is not configured.
  public func credentialStatus(
    of provider: String? = nil
  ) async throws(CallError) -> [CredentialStatus] {
    if let provider, document.provider(provider) == nil {
      let known = document.providers.map(\.id).joined(separator: ", ")
      throw CallError(
        .configInvalid, "unknown provider \"\(provider)\". Defined under providers: \(known).")
    }
    var found: [CredentialStatus] = []
    for entry in document.providers where provider == nil || entry.id == provider {
      found.append(await status(of: entry))
    }
    return found
  }

  private func status(of entry: ProviderEntry) async -> CredentialStatus {
    var status = CredentialStatus(entry, in: document)
    do throws(CallError) {
      let provider = try providers.provider(entry.id)
      guard let supplied = try await credentials.credential(for: provider) else { return status }
      status.sources = supplied.isToken ? supplied.sources : secretSource(of: entry)
      status.scope = supplied.scope
      status.expiresIn = supplied.end.map { max($0 - options.clock.now, .zero) }
    } catch {
      status.error = error
      status.sources = credentials.lastSources(of: entry)
    }
    return status
  }

  private func secretSource(of entry: ProviderEntry) -> [CredentialStatus.Source] {
    guard case .secret(let source) = document.credentialSource(of: entry) else { return [] }
    return [CredentialStatus.Source(name: source.words, outcome: .chosen, reason: "it is set")]
  }
}

extension SecretSource {
  /// What it reads, for people.
  fileprivate var words: String {
    switch self {
    case .environment(let name): "env \(name)"
    case .file(let path): "file \(path)"
    }
  }
}
