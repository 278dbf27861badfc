internal import JSONText
internal import ProviderConfiguration

/// A token that a plugin's flow obtains.
struct FlowSource: Sendable {
  /// How long one run may take.
  ///
  /// Source: our choice; a metadata service that is being updated asks for seven waits of 10 s.
  static let limit = Duration.seconds(120)

  let flow: FlowEntry
  let provider: ReadyProvider
  let document: ConfigurationDocument
  let options: TransportHost.Options
  let engine: SharedEngine
  /// The scope that an upstream named; empty: the provider's own.
  let scope: String
  /// Takes how the sources of a chain fared, whether or not there is a token in the end.
  let report: @Sendable ([CredentialStatus.Source]) -> Void

  private var name: String { provider.entry.credentialName ?? provider.entry.id }

  /// Runs the flow.
  ///
  /// - Throws: What the flow says, without a secret and with the place in the configuration.
  func token() async throws(CallError) -> IssuedToken {
    let facts: TokenFacts
    do { facts = try provider.instance.tokenFacts(of: flow) } catch { throw refusal(error) }
    guard let machine = FlowMachine(provider.instance, settings: flow.json, scope: scope) else {
      throw refusal(FlowRefused(findings: []))
    }
    let reader = SecretReader(document: document, environment: options.environment)
    var effects = FlowEffects(
      vault: FlowVault(flow.secrets, reader: reader, name: name), document: document,
      options: options, engine: engine, deadline: options.clock.now + Self.limit)
    return try await run(machine, &effects, facts)
  }

  private func run(
    _ machine: FlowMachine, _ effects: inout FlowEffects, _ facts: TokenFacts
  ) async throws(CallError) -> IssuedToken {
    let deadline = options.clock.now + Self.limit
    var outcome: EffectOutcome?
    var sources: [CredentialStatus.Source] = []
    defer { report(sources) }
    for _ in 0..<FlowMachine.stepLimit {
      let step = machine.step(after: outcome, lastHandle: effects.vault.lastHandle)
      let vault = effects.vault
      sources.take(step.sources.map { $0.redacted(by: vault) })
      switch step.want {
      case .failure(let failure): throw error(failure, vault)
      case .token(let pointer, let lifetime, let renewal):
        let text = try Self.token(at: pointer, in: outcome?.body ?? [], of: provider)
        return IssuedToken(
          secret: Secret(text, name: name), lifetime: lifetime, renewal: renewal,
          renewalBeforeEnd: facts.renewalBeforeEnd, scope: scope.isEmpty ? facts.scope : scope,
          sources: sources)
      case .effect(let effect, let argument, let exchange):
        guard !Task.isCancelled else { throw .credentialCancelled }
        guard options.clock.now < deadline else { throw tooSlow }
        do throws(CallError) {
          outcome = try await effects.perform(effect, argument, exchange)
        } catch {
          throw placed(error, effects.vault)
        }
      }
    }
    throw CallError(
      .misbehaved(
        provider.instance.library.id,
        "its token flow wanted more than \(FlowMachine.stepLimit) steps"))
  }

  private static func token(
    at pointer: String, in body: [UInt8], of provider: ReadyProvider
  ) throws(CallError) -> String {
    var text: String?
    if pointer.isEmpty {
      text = String(validating: body, as: UTF8.self)
        .map { String($0.reversed().drop(while: \.isWhitespace).reversed()) }
    } else if let root = try? JSONText.validate(body.span) {
      text = root.value(at: pointer, in: body.span)?.string(in: body.span)
    }
    guard let text, !text.isEmpty, text.utf8.count <= SecretReader.limit,
      text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else {
      throw CallError(
        .misbehaved(
          provider.instance.library.id,
          "its token flow named a token at \"\(pointer)\", and no usable text is there"))
    }
    return text
  }
}

// MARK: - Errors

extension FlowSource {
  private var tooSlow: CallError {
    CallError(
      .auth,
      "credential \"\(name)\": no token came within \(Self.limit.components.seconds) seconds.",
      source: document.mark(ofCredentialOf: provider.entry, pointer: "/\(flow.name)"))
  }

  /// An error of the host's own, with the credential's place.
  private func placed(_ error: CallError, _ vault: FlowVault) -> CallError {
    guard error.code == .configInvalid, error.source == nil else { return error }
    var error = error
    let secret = Int(vault.unreadable) - 1
    error.source =
      flow.secretMarks.indices.contains(secret)
      ? flow.secretMarks[secret]
      : document.mark(ofCredentialOf: provider.entry, pointer: "/\(flow.name)")
    return error
  }

  private func error(_ failure: ReportedFailure, _ vault: FlowVault) -> CallError {
    let place = failure.pointer.isEmpty ? "/\(flow.name)" : failure.pointer
    let words = vault.redacting(failure.message)
    var error = CallError(
      failure.code,
      failure.code == .pluginMisbehaved ? words : "credential \"\(name)\": \(words)",
      source: document.mark(ofCredentialOf: provider.entry, pointer: place))
    error.retryAfter = failure.retryAfter
    if !failure.upstreamCode.isEmpty {
      error.upstream = CallError.Upstream(
        status: 0, code: vault.redacting(failure.upstreamCode), message: "", requestIDs: [])
    }
    return error
  }

  private func refusal(_ refused: FlowRefused) -> CallError {
    guard let first = refused.findings.first else {
      return CallError(
        .configInvalid,
        "credential \"\(name)\": \(provider.instance.library.doesNotKnow(flow.name)).",
        source: document.mark(ofCredentialOf: provider.entry, pointer: "/\(flow.name)"))
    }
    var error = CallError(
      .configInvalid, "credential \"\(name)\": \(first.message)",
      source: document.mark(ofCredentialOf: provider.entry, pointer: first.pointer))
    if !first.suggestion.isEmpty,
      let finding = document.diagnostic(
        .rejectedSetting, ofCredentialOf: provider.entry, pointer: first.pointer, message: "",
        suggestion: first.suggestion), let text = finding.suggestion?.text
    {
      error.correction = CallError.Correction(text: text, source: finding.mark)
    }
    return error
  }
}

extension CallError {
  /// A breach of the contract by a plugin.
  fileprivate init(_ breach: ReportedFailure) { self.init(breach.code, breach.message) }
}

extension [CredentialStatus.Source] {
  /// Adds what a step says; a source that it spoke of before is spoken of anew.
  fileprivate mutating func take(_ new: [CredentialStatus.Source]) {
    for source in new {
      if let index = firstIndex(where: { $0.name == source.name }) {
        self[index] = source
      } else {
        append(source)
      }
    }
  }
}

extension CredentialStatus.Source {
  /// The same without a secret.
  func redacted(by vault: FlowVault) -> CredentialStatus.Source {
    CredentialStatus.Source(
      name: vault.redacting(name), outcome: outcome, reason: vault.redacting(reason))
  }
}
