internal import ProviderConfiguration
internal import Routing

/// A model as one client's name means it: its targets, and the plan by which one is chosen.
final class ModelRoute: Sendable {
  /// One of its targets.
  ///
  /// A class, so that a call holds one reference: see `Indirect`.
  final class Target: Sendable {
    /// Its own name, or nil where the file gives none.
    let id: String?
    /// The provider id, as the file names it.
    let provider: String
    /// The model as the upstream knows it, as far as that is known.
    let model: String
    /// Its place in the file.
    let source: Mark
    /// Where an attempt goes, or why none can.
    let route: Result<Route, CallError>

    init(
      id: String?, provider: String, model: String, source: Mark, route: Result<Route, CallError>
    ) {
      (self.id, self.provider, self.model) = (id, provider, model)
      (self.source, self.route) = (source, route)
    }
  }

  /// The name that the client used, or empty.
  let model: String
  /// In the order of the plan.
  let targets: [Target]
  /// How one is chosen.
  let plan: RoutePlan
  /// What of a request decides where it goes.
  let affinity: [AffinitySignal]
  /// The route of the file that led here, or nil.
  let rule: RouteEntry?

  init(
    model: String, targets: [Target], plan: RoutePlan, affinity: [AffinitySignal],
    rule: RouteEntry? = nil
  ) {
    self.model = model
    self.targets = targets
    self.plan = plan
    self.affinity = affinity
    self.rule = rule
  }

  /// The same, as a rule of the file led here.
  func led(by rule: RouteEntry) -> ModelRoute {
    ModelRoute(model: model, targets: targets, plan: plan, affinity: affinity, rule: rule)
  }

  /// The limit of a whole call: that of the first target which can be asked; nil: none.
  ///
  /// It stays when the call moves, so that fallbacks prolong nothing.
  func total(isStreaming: Bool) -> Duration? {
    for target in targets {
      if case .success(let route) = target.route {
        return route.limits.total(isStreaming: isStreaming)
      }
    }
    return nil
  }

  /// Why nobody can be asked: what is wrong with the first target.
  var problem: CallError {
    for target in targets {
      if case .failure(let problem) = target.route { return problem }
    }
    return CallError(.configInvalid, "model \"\(model)\" has no target")
  }
}
