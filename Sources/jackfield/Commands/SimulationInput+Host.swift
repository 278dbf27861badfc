import ProviderConfiguration
import RouteSimulation
import Routing
import TransportHost

// The seam between the simulation and the configuration: this initializer is the one place that makes
// plans for it, and what is to change once the host compiles plans of its own.

extension SimulationInput {
  /// The plan of a model and those of its fallbacks, as calls use them.
  ///
  /// Every policy is the default one: `providers.yaml` has no keys for them yet.
  ///
  /// - Parameters:
  ///   - host: The host whose configuration it is.
  ///   - model: A name under `models`, or an alias.
  ///   - isStream: Whether calls ask for streams, whose total has no limit by default.
  /// - Throws: `model_not_found`.
  init(_ host: TransportHost, model: String, isStream: Bool) throws(CallError) {
    guard let entry = host.models.first(where: { ([$0.name] + $0.aliases).contains(model) }) else {
      let known = host.models.map(\.name).joined(separator: ", ")
      throw CallError(.modelNotFound, "unknown model \"\(model)\". Known: \(known).")
    }
    var router = Router(recordsTransitions: true)
    let targets = entry.targets.map { SimulatedTarget($0, in: entry) }
    let route = RoutePlan(
      model: entry.name, targets: targets.map { RouteTarget($0, &router) },
      rotation: router.rotation(of: entry.name, targets: targets.count))
    self.init(
      plans: [Plan(route, targets: targets)], router: router,
      total: isStream ? nil : .seconds(15 * 60))
  }
}

extension SimulatedTarget {
  /// A target with the default clocks, called by its provider, and by its model where that is needed.
  fileprivate init(_ target: ModelSummary.Target, in entry: ModelSummary) {
    let model = target.model ?? entry.name
    let isAlone = entry.targets.count { $0.provider == target.provider } == 1
    let name = "\(target.provider)/\(model)"
    self.init(
      id: isAlone ? target.provider : name, provider: target.provider, model: model,
      source: target.source.description,
      clocks: Clocks(connect: .seconds(10), firstEvent: .seconds(60), attempt: .seconds(600)),
      scopes: ScopeNames(
        model: name, credential: "credential of \(target.provider)",
        endpoint: "endpoint of \(target.provider)", network: "way to \(target.provider)"))
  }
}

extension RouteTarget {
  /// A target with the default policies.
  fileprivate init(_ target: SimulatedTarget, _ router: inout Router) {
    self.init(
      load: router.load(of: target.scopes.model), budget: router.budget(of: target.provider),
      scopes: TargetScopes(
        model: target.scopes.model, credential: target.scopes.credential,
        endpoint: target.scopes.endpoint, network: target.scopes.network), identity: 0)
  }
}
