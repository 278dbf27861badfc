package import ProviderConfiguration
package import Routing

/// What calls to one model are routed by, apart from the calls of its host: to try out what would
/// happen.
package struct RoutingBlueprint: Sendable {
  /// A model that calls may visit.
  package struct Model: Sendable {
    /// Where calls may go.
    package let plan: RoutePlan
    /// In the order of the plan.
    package let targets: [Target]
  }

  /// A target in the words of the file.
  package struct Target: Sendable {
    /// Its own name, or nil.
    package let id: String?
    /// The provider.
    package let provider: String
    /// The model as the upstream knows it.
    package let model: String
    /// Its place.
    package let source: Mark
    /// Until the connection stands; nil where it cannot be asked.
    package let connect: Duration?
    /// Until the first event.
    package let firstEvent: Duration?
    /// One whole attempt.
    package let attempt: Duration?
    /// What its failures may blame; nil where it cannot be asked.
    package let scopes: ScopeNames?
  }

  /// The model that is asked for first, then its fallbacks.
  package let models: [Model]
  /// The fallbacks by the names that the file gives them.
  package let fallbacks: [String: RoutePlan]
  /// A router that has done nothing yet, and records what changes.
  package let router: Router
  /// How long a whole call may take; nil: any time.
  package let total: Duration?
}

extension TransportHost {
  /// Compiles what a request would be routed by.
  ///
  /// - Throws: What a call would fail with before anybody is asked.
  package func blueprint(of request: CallRequest) throws(CallError) -> RoutingBlueprint {
    let router = SharedRouter(clock: options.clock, router: Router(recordsTransitions: true))
    let table = RouteTable(
      RoutePlanner(document: document, boundaries: boundaries, router: router))
    let body = try RequestBody(request)
    let route = try table.route(request, body: body, isSent: false)
    let fallbacks = table.fallbacks(of: route)
    var models = [route]
    for model in fallbacks.values where !models.contains(where: { $0.plan === model.plan }) {
      models.append(model)
    }
    let others = models.dropFirst().sorted { $0.plan.model < $1.plan.model }
    return RoutingBlueprint(
      models: ([route] + others).map(RoutingBlueprint.Model.init),
      fallbacks: fallbacks.mapValues(\.plan), router: router.copy,
      total: route.total(isStreaming: body.isStream))
  }
}

extension RoutingBlueprint.Model {
  fileprivate init(_ model: ModelRoute) {
    plan = model.plan
    targets = model.targets.map { target in
      let route = try? target.route.get()
      return RoutingBlueprint.Target(
        id: target.id, provider: target.provider, model: target.model, source: target.source,
        connect: route?.limits.connect, firstEvent: route?.limits.firstEvent,
        attempt: route?.limits.attempt, scopes: route.map(ScopeNames.init))
    }
  }
}
