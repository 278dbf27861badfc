internal import ProviderConfiguration
internal import Routing

/// A request that was read and routed: where it may go, and what it may take.
///
/// A class, so that an attempt holds one reference and not a kilobyte.
final class ReceivedCall: Sendable {
  /// What the client asks.
  let request: CallRequest
  /// Its body, checked and indexed.
  let body: RequestBody
  /// Where it may go.
  let route: ModelRoute
  /// Where it may go instead, by the names of models.
  let fallbacks: [String: ModelRoute]
  /// What of it plays a part in where it goes.
  let traits: CallTraits
  /// What it goes on from; nil where the host need not know.
  let provenance: Provenance?
  /// When it began, on the host's clock.
  let began: Duration
  /// When it must have ended; nil: never.
  let deadline: Duration?

  /// Reads and routes a request.
  ///
  /// - Throws: What is wrong with it, or with the configuration it needs.
  init(
    _ request: CallRequest, host: TransportHost, isSent: Bool = true
  ) throws(CallError) {
    body = try RequestBody(request)
    try request.checkMayUse(request.model ?? body.model)
    provenance =
      host.state.isNeeded
      ? try Provenance(request, body, keeper: host.state, isSent: isSent) : nil
    self.request = try request.led(by: provenance, host.boundaries)
    route = try host.routes.route(
      self.request, body: body, home: provenance?.home(followsCiphertext: true), isSent: isSent)
    fallbacks = request.limits.allowsFallbacks ? host.routes.fallbacks(of: route) : [:]
    began = host.options.clock.now
    let total = route.total(isStreaming: body.isStream)
    deadline = [total, request.limits.total].compactMap(\.self).min().map { [began] in began + $0 }
    var traits = CallTraits()
    traits.tokens = body.estimatedTokens
    traits.isRepeatable = body.isRepeatable
    traits.sticky =
      route.affinity.lazy.compactMap { [request, body] in
        StickyKey(of: $0, request, body)?.hash
      }.first
    traits.home = provenance?.home(
      followsCiphertext: route.affinity.contains(.encryptedContent))
    traits.isReplayable = provenance?.isReplayable ?? false
    self.traits = traits
  }

  /// The machine that decides what becomes of it.
  func machine(_ host: TransportHost) -> CallMachine {
    var bounds = CallMachine.Bounds()
    bounds.deadline = deadline
    bounds.maxRetries = request.limits.maxRetries.map { max($0, 0) }
    bounds.allowsFallbacks = request.limits.allowsFallbacks
    let plans = fallbacks.mapValues(\.plan)
    return CallMachine(route.plan, traits: traits, bounds: bounds, began: began) { plans[$0] }
  }

  /// The request on its way to a target.
  ///
  /// - Throws: Why the target cannot be asked.
  func routed(
    to target: ModelRoute.Target, _ step: CallStep, _ host: TransportHost
  ) throws(CallError) -> RoutedCall {
    let route = try target.route.get()
    let provider = try host.providers.provider(route.provider.id)
    var routed = request
    let chain = provenance?.chain
    if let chain, !chain.isInBody { routed.responseID = chain.raw }
    let edited = try provenance?.edited(body, for: step.target.boundary, step.treatment)
    var seen = body
    if let edited { seen = try RequestBody(edited.bytes, like: body) }
    let named = try seen.naming(route)
    let home = StateHome(boundary: step.target.boundary, provider: step.target.provider)
    return RoutedCall(
      routed, body: named?.body ?? seen, route: route, provider: provider, edited: edited,
      naming: named?.edit,
      tags: host.state.writer(for: home.provider, chain: chain), home: home)
  }

  /// The target of a step.
  func target(of step: CallStep) -> ModelRoute.Target? { target(step.index, of: step) }

  /// A target of a step's plan.
  func target(_ index: Int, of step: CallStep) -> ModelRoute.Target? {
    let model =
      step.plan === route.plan ? route : fallbacks.values.first { $0.plan === step.plan }
    guard let model, model.targets.indices.contains(index) else { return nil }
    return model.targets[index]
  }

  /// The error with which a call ends that was not sent, and that no failure explains.
  func error(of ending: CallEnding, host: TransportHost) -> CallError {
    switch ending {
    case .failed:
      return CallError(
        .timeoutTotal,
        "the whole call's time was over before anybody was asked. timeouts.total allows more time.")
    case .full(let wait): return full(wait, host)
    case .outOfReach(let home):
      return CallError(
        outOfReach: home, host.boundaries, model: route.model,
        source: route.targets.first?.source)
    case .unusable: return route.problem
    }
  }
}

extension CallRequest {
  /// Refuses a model that whoever asks may not use.
  fileprivate func checkMayUse(_ model: String?) throws(CallError) {
    guard let mayUse, let model, !mayUse(model) else { return }
    throw CallError(
      .permission,
      "this client may not use the model \"\(model)\". gateway.clients says which it may.")
  }

  /// The request to whom made what it is about, where it names nobody; else to who can read it.
  ///
  /// - Throws: `state_lost` where nobody can.
  fileprivate func led(
    by provenance: Provenance?, _ boundaries: Boundaries
  ) throws(CallError) -> CallRequest {
    guard model == nil, provider == nil, body == nil, let home = provenance?.chain?.home else {
      return self
    }
    guard let reader = boundaries.provider(home.provider) ?? boundaries.reader(home.boundary)
    else { throw CallError(outOfReach: home, boundaries, model: "", source: nil) }
    var request = self
    request.provider = reader.id
    return request
  }
}

extension CallError {
  /// Nobody who can be asked has what a request is about.
  fileprivate init(
    outOfReach home: CallTraits.Home, _ boundaries: Boundaries, model: String, source: Mark?
  ) {
    let maker =
      boundaries.provider(home.provider).map { "the provider \"\($0.id)\"" }
      ?? "a provider that is not configured any more"
    let nobody = model.isEmpty ? "nobody who is asked" : "no target of \"\(model)\""
    self.init(
      .stateLost,
      "what the request goes on from was made by \(maker), and \(nobody) can read it. Begin anew, or"
        + " send the items themselves.", source: source)
  }
}
