import RouteSimulation
import Routing

/// Models with targets, compiled as a host would, for simulations.
struct Fleet {
  /// A target; what is not said is usual.
  struct Member {
    var id: String
    var provider: String?
    var model = "gpt"
    var order = 1
    var weight = 1
    var limits = CapacityLimits()
    var rules = TargetRules()
    var isUsable = true
  }

  private var router = Router(recordsTransitions: true)
  private var plans: [SimulationInput.Plan] = []
  var total: Duration?
  var clocks = SimulatedTarget.Clocks(
    connect: .seconds(10), firstEvent: .seconds(60), attempt: .seconds(600))

  /// Two targets of one model, `first` before `second`.
  static var pair: Fleet {
    var fleet = Fleet()
    fleet.add("main", [Member(id: "first"), Member(id: "second")])
    return fleet
  }

  /// Adds a model; the first one is asked for.
  mutating func add(
    _ model: String, _ members: [Member], strategy: RoutingStrategy = .priority,
    fallbacks: [String] = []
  ) {
    var causes = RoutePlan.Fallbacks()
    causes.any = fallbacks
    let rotation = router.rotation(of: model, targets: members.count)
    let route = RoutePlan(
      model: model, targets: members.map { target($0) }, strategy: strategy, fallbacks: causes,
      rotation: rotation)
    plans.append(SimulationInput.Plan(route, targets: members.map(description)))
  }

  var input: SimulationInput {
    let routes = plans.map(\.route)
    return SimulationInput(plans: plans, router: router, total: total) { name in
      routes.first { $0.model == name }
    }
  }

  private mutating func target(_ member: Member) -> RouteTarget {
    let names = names(member)
    return RouteTarget(
      order: member.order, weight: member.weight, load: router.load(of: names.model),
      budget: router.budget(of: provider(member)),
      scopes: TargetScopes(
        model: names.model, credential: names.credential, endpoint: names.endpoint,
        network: names.network), limits: member.limits,
      identity: UInt64(plans.count * 100 + member.id.count), isUsable: member.isUsable,
      rules: member.rules)
  }

  private func description(_ member: Member) -> SimulatedTarget {
    SimulatedTarget(
      id: member.id, provider: provider(member), model: member.model,
      source: "providers.yaml:\(member.order):1", clocks: clocks, scopes: names(member))
  }

  private func provider(_ member: Member) -> String { member.provider ?? "at-\(member.id)" }

  private func names(_ member: Member) -> SimulatedTarget.ScopeNames {
    let provider = provider(member)
    return SimulatedTarget.ScopeNames(
      model: "\(provider)/\(member.model)", credential: "\(provider) key",
      endpoint: "https://\(provider).example", network: "\(provider).example")
  }
}

extension Scenario {
  /// A scenario with some disturbances.
  static func with(
    rate: Double = 10, length: Duration = .seconds(120), seed: UInt64 = 1,
    _ disturbances: Disturbance...
  ) -> Scenario {
    var scenario = Scenario()
    scenario.rate = rate
    scenario.length = length
    scenario.seed = seed
    scenario.disturbances = disturbances
    return scenario
  }
}

extension SimulationReport {
  /// The report of a target.
  func target(_ label: String) -> TargetReport? { targets.first { $0.label == label } }

  /// How many calls a target began to answer within a time.
  func served(by label: String, _ from: Duration, _ to: Duration) -> Int {
    let number = targets.firstIndex { $0.label == label }
    return calls.count { call in
      let time = call.arrived + call.latency
      guard case .served(let target) = call.ending, time >= from, time < to else { return false }
      return target == number
    }
  }
}
