internal import JSONText
internal import ProviderConfiguration

/// Where a call goes: every target with its verdict, and the chosen one.
///
/// A class, so that a call copies one reference and not fifty.
final class Route: Sendable {
  /// The name that the client used, or empty.
  let model: String
  /// Every target, in order.
  let steps: [Explanation.Step]
  /// The provider that serves the call.
  let provider: ProviderEntry
  /// What goes on the wire as the model; empty: the body's own.
  let upstreamModel: String
  /// Clocks, parameters and capabilities.
  let policy: TargetPolicy
  /// The clocks without their places, for calls.
  let limits: CallLimits
  /// The target's place, or the provider's.
  let source: Mark
  /// What a transport is told in every call that goes here.
  let input: PrepareInput

  init(
    model: String, steps: [Explanation.Step], provider: ProviderEntry, upstreamModel: String,
    targetOptions: [UInt8], policy: TargetPolicy, source: Mark
  ) {
    self.model = model
    self.steps = steps
    self.provider = provider
    self.upstreamModel = upstreamModel
    self.policy = policy
    limits = CallLimits(policy)
    self.source = source
    var input = PrepareInput()
    input.model = upstreamModel
    input.hasCredential = provider.auth != nil
    input.sets = policy.params.set.map { ($0.name, $0.json) }
    input.removes = policy.params.remove.map(\.value)
    input.clamps = policy.params.clamp.map {
      PrepareInput.Clamp(name: $0.name, minimum: $0.minimum, maximum: $0.maximum)
    }
    input.capabilities = policy.capabilities.json
    input.target = targetOptions
    self.input = input
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

extension [Capability] {
  var json: [UInt8] {
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

extension ConfigurationDocument {
  /// Finds the target of a request.
  ///
  /// - Parameters:
  ///   - request: What the client asks.
  ///   - bodyModel: The body's own `model`, or nil.
  /// - Returns: The route, its first target chosen.
  /// - Throws: `model_not_found`, `request_invalid` or `config_invalid`.
  func route(_ request: CallRequest, bodyModel: String?) throws(CallError) -> Route {
    if let problem { throw CallError(.configInvalid, problem.message, source: problem.mark) }
    if let name = request.model ?? bodyModel {
      if let provider = request.provider { return try route(name, on: provider) }
      return try route(name)
    }
    if let provider = request.provider { return try route(toProvider: provider, model: "") }
    guard request.body == nil else {
      throw CallError(
        .requestInvalid, "the request names no model. Add \"model\" to it, or name one beside it.")
    }
    guard providers.count == 1, let only = providers.first else {
      let known = providers.map(\.id).joined(separator: ", ")
      throw CallError(
        .requestInvalid,
        "the operation \"\(request.operation)\" needs to know whom to ask. Name a model or one of"
          + " the providers: \(known).")
    }
    return try route(toProvider: only.id, model: "")
  }

  /// The first target of a model.
  private func route(_ name: String) throws(CallError) -> Route {
    let model = try resolved(name)
    guard let target = model.targets.first else { throw unusable(model) }
    return try route(model, target, reason: "first target of \"\(model.entry.name)\"")
  }

  /// A model's target on one provider; without one the name is sent as written.
  private func route(_ name: String, on provider: String) throws(CallError) -> Route {
    if let model = try? models.resolve(name),
      let target = model.targets.first(where: { $0.entry.provider == provider })
    {
      return try route(
        model, target,
        reason: "target of \"\(model.entry.name)\" on the provider that was asked for")
    }
    return try route(toProvider: provider, model: name)
  }

  private func route(toProvider id: String, model: String) throws(CallError) -> Route {
    guard let provider = provider(id) else {
      let known = providers.map(\.id).joined(separator: ", ")
      throw CallError(
        .configInvalid, "unknown provider \"\(id)\". Defined under providers: \(known).")
    }
    let step = Explanation.Step(
      provider: id, model: model, isChosen: true, reason: "the provider that was asked for",
      source: provider.mark)
    return Route(
      model: model, steps: [step], provider: provider, upstreamModel: model,
      targetOptions: Array("{}".utf8), policy: policy(of: nil, in: nil, at: provider),
      source: provider.mark)
  }

  private func route(
    _ model: ResolvedModel, _ target: ResolvedTarget, reason: String
  ) throws(CallError) -> Route {
    if let problem = target.entry.problem {
      throw CallError(.configInvalid, problem.message, source: problem.mark)
    }
    guard let provider = provider(target.entry.provider) else { throw unusable(model) }
    let steps = model.targets.map { other in
      let isChosen = other.entry.mark == target.entry.mark
      return Explanation.Step(
        provider: other.entry.provider, model: other.model ?? model.name, isChosen: isChosen,
        reason: isChosen ? reason : "another target comes first", source: other.entry.mark)
    }
    return Route(
      model: model.name, steps: steps, provider: provider, upstreamModel: target.model ?? "",
      targetOptions: target.entry.options?.json ?? Array("{}".utf8),
      policy: policy(of: target.entry, in: model.entry, at: provider), source: target.entry.mark)
  }

  private func resolved(_ name: String) throws(CallError) -> ResolvedModel {
    do { return try models.resolve(name) } catch {
      throw CallError(.modelNotFound, error.description)
    }
  }

  private func unusable(_ model: ResolvedModel) -> CallError {
    let problem = model.entry.problem
    return CallError(
      .configInvalid, problem?.message ?? "model \"\(model.entry.name)\" has no target",
      source: problem.map { $0.mark } ?? model.entry.mark)
  }
}
