internal import CTransportABI
internal import ProviderConfiguration

/// What a token flow would do on this machine, told without asking anybody: variables and files are
/// read, and it ends before the first exchange, program or wait.
struct FlowOutlook {
  /// Where it ended.
  enum End: Sendable {
    /// Before an exchange with this host.
    case asks(String)
    /// Before this program.
    case runs(String)
    /// There will be no token, for this reason.
    case fails(String)
  }

  /// How the sources of a chain fared up to there.
  private(set) var sources: [CredentialStatus.Source] = []
  /// Where it ended.
  private(set) var end = End.fails("the plugin does not know this kind of credential")
  /// Where the credential is written.
  let mark: Mark?

  private var effects: FlowEffects

  /// Runs a flow as far as that asks nobody.
  init(
    of flow: FlowEntry, _ instance: TransportInstance, entry: ProviderEntry,
    document: ConfigurationDocument, options: TransportHost.Options
  ) {
    mark = document.mark(ofCredentialOf: entry, pointer: "/\(flow.name)")
    let reader = SecretReader(document: document, environment: options.environment)
    effects = FlowEffects(
      vault: FlowVault(flow.secrets, reader: reader, name: entry.credentialName ?? entry.id),
      document: document, options: options, engine: SharedEngine(options),
      deadline: options.clock.now)
    guard let machine = FlowMachine(instance, settings: flow.json, scope: "") else { return }
    end = run(machine)
  }

  private mutating func run(_ machine: FlowMachine) -> End {
    var outcome: EffectOutcome?
    for _ in 0..<FlowMachine.stepLimit {
      let step = machine.step(after: outcome, lastHandle: effects.vault.lastHandle)
      let vault = effects.vault
      sources += step.sources.map { $0.redacted(by: vault) }
      switch step.want {
      case .token: return .fails("the flow gave a token that nobody issued")
      case .failure(let failure): return .fails(effects.vault.redacting(failure.message))
      case .effect(let effect, let argument, let exchange):
        do throws(CallError) { outcome = try effects.performHere(effect, argument) } catch {
          return .fails(error.message)
        }
        if outcome == nil { return Self.end(before: effect, argument, exchange) }
      }
    }
    return .fails("the flow wanted more than \(FlowMachine.stepLimit) steps")
  }

  private static func end(
    before effect: Int32, _ argument: String, _ exchange: FlowExchange
  ) -> End {
    switch effect {
    case JF_EFFECT_HTTP: .asks(URLAuthority(of: exchange.url)?.host ?? "a host without a name")
    case JF_EFFECT_EXECUTE:
      .runs(EffectArgument(argument).words.first ?? "a program without a name")
    default: .fails("the flow begins with an effect that this host does not know")
    }
  }
}

extension CredentialStatus.Source {
  /// The verdict with its reason, for people.
  var words: String { reason.isEmpty ? outcome.rawValue : "\(outcome.rawValue): \(reason)" }
}
