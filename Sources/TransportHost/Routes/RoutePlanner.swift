internal import ProviderConfiguration
internal import Routing

/// Compiles the routes of models from the configuration.
struct RoutePlanner: Sendable {
  let document: ConfigurationDocument
  let boundaries: Boundaries
  let router: SharedRouter

  /// The route of a model with all its targets.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - provider: Only targets on this one; nil: all.
  /// - Returns: The route.
  /// - Throws: `config_invalid` where the model's own entry cannot be used.
  func route(
    to model: ResolvedModel, on provider: String? = nil
  ) throws(CallError) -> ModelRoute {
    if let problem = model.entry.problem, model.targets.isEmpty {
      throw CallError(.configInvalid, problem.message, source: problem.mark)
    }
    let all = model.targets.enumerated().map { Candidate(index: $0.offset, target: $0.element) }
    let chosen = all.filter { provider == nil || $0.target.entry.provider == provider }
      .sorted { ($0.order, $0.index) < ($1.order, $1.index) }
    guard !chosen.isEmpty else {
      throw CallError(
        .configInvalid, "model \"\(model.entry.name)\" has no target", source: model.entry.mark)
    }
    let targets = chosen.map { self.target($0, of: model) }
    let plan = RoutePlan(
      model: model.captures.isEmpty ? model.entry.name : model.name,
      targets: zip(chosen, targets).map { planned($0, $1, of: model.entry) },
      strategy: RoutingStrategy(model.entry.strategy.value),
      fallbacks: provider == nil ? .init(model.entry.fallbacks) : .init(),
      whenLost: .init(model.entry.affinity.whenLost.value),
      rotation: router.rotation(
        of: "\(model.entry.name) \(provider ?? "")", targets: chosen.count))
    return ModelRoute(
      model: model.name, targets: targets, plan: plan, affinity: model.entry.affinity.by.value)
  }

  /// The route to a provider, with the model as the client wrote it.
  func route(to provider: ProviderEntry, model: String) -> ModelRoute {
    let route = Route(
      model: model, targetID: nil, provider: provider, upstreamModel: model, ownName: model,
      options: nil, policy: document.policy(of: nil, in: nil, at: provider), source: provider.mark)
    let target = ModelRoute.Target(
      id: nil, provider: provider.id, model: model, source: provider.mark, route: .success(route))
    let name = "provider \(provider.id)"
    let plan = RoutePlan(
      model: name, targets: [planned(route, load: name, order: 1, weight: 1, limits: .init())],
      rotation: router.rotation(of: name, targets: 1))
    return ModelRoute(
      model: model, targets: [target], plan: plan, affinity: AffinityRules.builtIn.by.value)
  }

  private struct Candidate {
    let index: Int
    let target: ResolvedTarget

    var order: Int { target.entry.order.value }
  }

  // MARK: - One target

  private func target(_ candidate: Candidate, of model: ResolvedModel) -> ModelRoute.Target {
    let target = candidate.target
    return ModelRoute.Target(
      id: target.entry.id, provider: target.entry.provider, model: target.model ?? model.ownName,
      source: target.entry.mark, route: Result { () throws(CallError) in try route(target, model) })
  }

  private func route(
    _ target: ResolvedTarget, _ model: ResolvedModel
  ) throws(CallError) -> Route {
    if let problem = target.entry.problem ?? model.entry.problem {
      throw CallError(.configInvalid, problem.message, source: problem.mark)
    }
    guard let provider = document.provider(target.entry.provider) else {
      throw CallError(
        .configInvalid, "unknown provider \"\(target.entry.provider)\"", source: target.entry.mark)
    }
    if let problem = provider.problem {
      throw CallError(.configInvalid, problem.message, source: problem.mark)
    }
    return Route(
      model: model.name, targetID: target.entry.id, provider: provider,
      upstreamModel: target.model ?? "", ownName: model.ownName, options: target.entry.options,
      policy: document.policy(of: target.entry, in: model.entry, at: provider),
      source: target.entry.mark)
  }

  private func planned(
    _ candidate: Candidate, _ target: ModelRoute.Target, of model: ModelEntry
  ) -> RouteTarget {
    let entry = candidate.target.entry
    let name = "\(model.name) \(candidate.index)"
    guard case .success(let route) = target.route else {
      return RouteTarget(
        order: entry.order.value, weight: entry.weight.value, load: router.load(of: name),
        budget: router.budget(of: target.provider),
        scopes: TargetScopes(model: name, credential: name, endpoint: name, network: name),
        identity: 0, isUsable: false)
    }
    return planned(
      route, load: name, order: entry.order.value, weight: entry.weight.value,
      limits: CapacityLimits(entry.limits))
  }

  private func planned(
    _ route: Route, load: String, order: Int, weight: Int, limits: CapacityLimits
  ) -> RouteTarget {
    let provider = route.provider
    let identity = [provider.id, route.upstreamModel, route.targetID ?? ""].joined(separator: "\n")
    return RouteTarget(
      order: order, weight: weight, load: router.load(of: load),
      budget: router.budget(of: provider.id), scopes: TargetScopes(ScopeNames(route)),
      limits: limits,
      boundary: boundaries.number(of: provider),
      provider: boundaries.provider(provider.id) ?? -1, identity: Rendezvous.key(identity.utf8),
      rules: TargetRules(route.policy))
  }
}
