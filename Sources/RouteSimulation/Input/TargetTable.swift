internal import Routing

/// All targets of a simulation under one numbering, plan by plan.
struct TargetTable: Sendable {
  /// A thing that failures may blame.
  struct Scope: Sendable {
    let scope: FailureScope
    let name: String
    /// The targets that are left alone with it.
    var targets: [Int]
  }

  let targets: [SimulatedTarget]
  let names: TargetNames
  let scopes: [ScopeKey: Scope]
  /// For each target what its failures may blame, the narrowest first.
  let keys: [[ScopeKey]]
  /// For each target whether it may have so many attempts at the same time and no more.
  let isNarrow: [Bool]
  private let starts: [String: Int]

  init(_ plans: [SimulationInput.Plan]) {
    var targets: [SimulatedTarget] = []
    var starts: [String: Int] = [:]
    var scopes: [ScopeKey: Scope] = [:]
    for plan in plans {
      starts[plan.route.model] = targets.count
      for (route, target) in zip(plan.route.targets, plan.targets) {
        Self.add(route.scopes, target.scopes, of: targets.count, to: &scopes)
        targets.append(target)
      }
    }
    self.targets = targets
    self.starts = starts
    self.scopes = scopes
    keys = plans.flatMap(\.route.targets).map { target in
      FailureScope.allCases.compactMap { target.scopes.key($0) }
    }
    isNarrow = plans.flatMap(\.route.targets).map { $0.limits.concurrency != nil }
    names = TargetNames(plans)
  }

  /// The number of a step's target.
  func number(of step: CallStep) -> Int { starts[step.plan.model, default: 0] + step.index }

  /// Whether a plan is one of those.
  func knows(_ plan: RoutePlan) -> Bool { starts[plan.model] != nil }

  private static func add(
    _ keys: TargetScopes, _ names: SimulatedTarget.ScopeNames, of target: Int,
    to scopes: inout [ScopeKey: Scope]
  ) {
    for scope in FailureScope.allCases {
      guard let key = keys.key(scope), let name = names[scope] else { continue }
      scopes[key, default: Scope(scope: scope, name: name, targets: [])].targets.append(target)
    }
  }
}

extension SimulatedTarget.ScopeNames {
  /// The name of what a scope blames; nil for the request.
  subscript(_ scope: FailureScope) -> String? {
    switch scope {
    case .request: nil
    case .model: model
    case .credential: credential
    case .endpoint: endpoint
    case .network: network
    }
  }
}
