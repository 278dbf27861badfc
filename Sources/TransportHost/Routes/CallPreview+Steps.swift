internal import ProviderConfiguration
internal import Routing

extension CallPreview {
  /// Every target that the call could go to, with its verdict: those of the model first, then those of
  /// its fallbacks.
  func steps(host: TransportHost) -> [Explanation.Step] {
    let now = host.options.clock.now
    let router = host.router.copy
    return models.flatMap { visit in
      visit.route.targets.indices.map { index in
        step(index, of: visit, router, at: now, boundaries: host.boundaries)
      }
    }
  }

  /// A model that the call may visit.
  private struct Visit {
    let route: ModelRoute
    /// The model whose fallback it is, and for what; nil: it was asked for.
    let origin: (model: String, cause: FallbackCause)?
  }

  private var models: [Visit] {
    var visits = [Visit(route: received.route, origin: nil)]
    var next = 0
    while next < visits.count {
      let plan = visits[next].route.plan
      for cause in FallbackCause.allCases {
        for name in plan.fallbacks[cause] {
          guard let route = received.fallbacks[name],
            !visits.contains(where: { $0.route.plan.model == route.plan.model })
          else { continue }
          visits.append(Visit(route: route, origin: (plan.model, cause)))
        }
      }
      next += 1
    }
    return visits
  }

  private func step(
    _ index: Int, of visit: Visit, _ router: Router, at now: Duration, boundaries: Boundaries
  ) -> Explanation.Step {
    let (route, target) = (visit.route, visit.route.targets[index])
    var step = Explanation.Step(
      provider: target.provider, model: target.model, target: target.id,
      fallback: visit.origin == nil ? nil : route.plan.model, verdict: .later, reason: "",
      source: target.source)
    if self.step.plan === route.plan, self.step.index == index {
      step.verdict = .chosen
      step.reason = self.step.reason.words(model: route.model)
      step.decidedBy = received.route.rule?.mark
      if let label = received.route.rule?.label?.value {
        step.reason += ", by the route \"\(label)\""
      }
      return step
    }
    if let error = refusal(of: index, in: visit) {
      (step.verdict, step.reason, step.decidedBy) = (.unusable, error.message, error.source)
      return step
    }
    let standing = router.standing(of: route.plan.targets[index], for: received.traits, at: now)
    (step.verdict, step.reason) = words(standing, index, visit, boundaries)
    return step
  }

  private func refusal(of index: Int, in visit: Visit) -> CallError? {
    if case .failure(let error) = visit.route.targets[index].route { return error }
    return refusals.first { $0.plan === visit.route.plan && $0.index == index }?.error
  }

  private func words(
    _ standing: Router.Standing, _ index: Int, _ visit: Visit, _ boundaries: Boundaries
  ) -> (Explanation.Step.Verdict, String) {
    switch standing {
    case .free: return (.later, placeInLine(index, visit))
    case .cooling(let scope, let remaining, let isStated):
      let cause = isStated ? "as the upstream asked" : "after failures"
      return (.cooling, "its \(scope.noun) is left alone for \(remaining.inWords) more, \(cause)")
    case .full(let wait?):
      return (.full, "it has all that its limits allow; there is room in \(wait.inWords)")
    case .full(nil): return (.full, "it has as many calls as its limits allow")
    case .unusable: return (.unusable, "its provider cannot be used")
    case .outOfReach:
      let own = boundaries.name(visit.route.plan.targets[index].boundary)
      return (
        .outOfReach,
        "what the request goes on from lives elsewhere; this target reads what \"\(own)\" made"
      )
    }
  }

  private func placeInLine(_ index: Int, _ visit: Visit) -> String {
    if let origin = visit.origin {
      let cause =
        switch origin.cause {
        case .any: "when no target of it can serve"
        case .contextWindow: "when the input is too long for it"
        case .contentFilter: "when a content filter refuses the input"
        }
      return "fallback of \"\(origin.model)\": asked \(cause)"
    }
    let plan = visit.route.plan
    let (own, chosen) = (plan.targets[index], step.plan === plan ? step.target : nil)
    if let chosen, chosen.order < own.order {
      return "order \(own.order): asked when no target of a lower order can serve"
    }
    guard plan.strategy != .priority else { return "another target comes first" }
    let equals = plan.targets.filter { $0.order == own.order }.reduce(0) { $0 + $1.weight }
    return "\(plan.strategy.word) chose another now; weight \(own.weight) of \(equals)"
  }
}

extension FailureScope {
  /// What it is, for people.
  var noun: String {
    switch self {
    case .request: "request"
    case .model: "model"
    case .credential: "credential"
    case .endpoint: "endpoint"
    case .network: "network path"
    }
  }
}
