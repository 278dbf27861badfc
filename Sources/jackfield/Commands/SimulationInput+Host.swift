import ProviderConfiguration
import RouteSimulation
import Routing
import TransportHost

extension SimulationInput {
  /// The plan of a model and those of its fallbacks, as calls use them.
  ///
  /// - Parameters:
  ///   - host: The host whose configuration it is.
  ///   - model: The name that clients use.
  ///   - isStream: Whether calls ask for streams, whose total has no limit by default.
  /// - Throws: What a call would fail with before anybody is asked.
  init(_ host: TransportHost, model: String, isStream: Bool) throws(CallError) {
    let blueprint = try host.blueprint(of: .text("", model: model, isStream: isStream))
    let names = TargetTitles(blueprint.models.flatMap(\.targets))
    let fallbacks = blueprint.fallbacks
    self.init(
      plans: blueprint.models.map { model in
        Plan(
          model.plan, targets: model.targets.map { SimulatedTarget($0, id: names.title(of: $0)) })
      }, router: blueprint.router, total: blueprint.total, resolve: { fallbacks[$0] })
  }
}

/// Titles for targets that have no name of their own: the provider, and the model where that is needed.
private struct TargetTitles {
  private let providers: [String: Int]

  init(_ targets: [RoutingBlueprint.Target]) {
    providers = targets.reduce(into: [:]) { $0[$1.provider, default: 0] += 1 }
  }

  func title(of target: RoutingBlueprint.Target) -> String {
    if let id = target.id { return id }
    return providers[target.provider] == 1
      ? target.provider : "\(target.provider)/\(target.model)"
  }
}

extension SimulatedTarget {
  fileprivate init(_ target: RoutingBlueprint.Target, id: String) {
    let place = target.source.description
    self.init(
      id: id, provider: target.provider, model: target.model, source: place,
      clocks: Clocks(
        connect: target.connect ?? .seconds(10), firstEvent: target.firstEvent ?? .seconds(60),
        attempt: target.attempt ?? .seconds(600)),
      scopes: target.scopes.map {
        SimulatedTarget.ScopeNames(
          model: $0.model, credential: $0.credential, endpoint: $0.endpoint, network: $0.network)
      }
        ?? SimulatedTarget.ScopeNames(
          model: place, credential: place, endpoint: place, network: place))
  }
}
