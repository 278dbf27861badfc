internal import ProviderConfiguration

/// One target of a model: everything that an attempt there needs to know of the configuration.
///
/// A class, so that a call copies one reference and not fifty.
final class Route: Sendable {
  /// The name that the client used, or empty.
  let model: String
  /// The target's own name, or nil.
  let targetID: String?
  /// The provider that is asked.
  let provider: ProviderEntry
  /// What the transport is told to send as the model; empty: what the body says, or what the transport
  /// has in its place.
  let upstreamModel: String
  /// The model as the upstream knows it, as far as the file says.
  let modelName: String
  /// Clocks, parameters and capabilities.
  let policy: TargetPolicy
  /// The clocks without their places, for calls.
  let limits: CallLimits
  /// The target's place, or the provider's.
  let source: Mark
  /// What a transport is told in every call that goes here.
  let input: PrepareInput

  init(
    model: String, targetID: String?, provider: ProviderEntry, upstreamModel: String,
    ownName: String, options: OptionsEntry?, policy: TargetPolicy, source: Mark
  ) {
    self.model = model
    self.targetID = targetID
    self.provider = provider
    self.upstreamModel = upstreamModel
    modelName = upstreamModel.isEmpty ? ownName : upstreamModel
    self.policy = policy
    limits = CallLimits(policy)
    self.source = source
    input = PrepareInput(
      model: upstreamModel, provider: provider, policy: policy, options: options)
  }
}

/// How long a call to one target may take; nil: any time.
struct CallLimits: Sendable {
  /// Until the connection stands.
  let connect: Duration?
  /// Until the first event of a stream.
  let firstEvent: Duration?
  /// The longest silence within a stream.
  let idle: Duration?
  /// One whole attempt.
  let attempt: Duration?
  private let wholeStream: Duration?
  private let wholeAnswer: Duration?

  init(_ policy: TargetPolicy) {
    connect = policy.timeouts.connect?.value
    firstEvent = policy.timeouts.firstEvent?.value
    idle = policy.timeouts.idle?.value
    attempt = policy.timeouts.attempt?.value
    wholeStream = policy.total(isStreaming: true)?.value
    wholeAnswer = policy.total(isStreaming: false)?.value
  }

  /// The whole call.
  func total(isStreaming: Bool) -> Duration? { isStreaming ? wholeStream : wholeAnswer }
}

extension PrepareInput {
  /// What a transport is told in every request for a target, of whatever operation.
  init(model: String, provider: ProviderEntry, policy: TargetPolicy, options: OptionsEntry?) {
    self.init()
    self.model = model
    hasCredential = provider.auth != nil
    sets = policy.params.set.map { ($0.name, $0.json) }
    removes = policy.params.remove.map(\.value)
    clamps = policy.params.clamp.map {
      Clamp(name: $0.name, minimum: $0.minimum, maximum: $0.maximum)
    }
    capabilities = policy.capabilities.json
    target = options?.json ?? Array("{}".utf8)
  }
}

extension [Capability] {
  fileprivate var json: [UInt8] {
    var out = JSONWriter()
    out.object { object in
      for capability in self {
        switch capability.value {
        case .flag(let flag): object.member(capability.name, flag)
        case .text(let text): object.member(capability.name, text)
        }
      }
    }
    return out.bytes
  }
}
