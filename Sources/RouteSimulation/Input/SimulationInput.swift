package import Routing

/// What is simulated: the plans of one model and of its fallbacks, as the host itself compiles them.
package struct SimulationInput: Sendable {
  /// A plan, and its targets in the words of the configuration.
  package struct Plan: Sendable {
    /// Where calls may go.
    package let route: RoutePlan
    /// One for each of the plan's targets, in its order.
    package let targets: [SimulatedTarget]

    /// Pairs a plan with its targets.
    ///
    /// - Parameters:
    ///   - route: The plan.
    ///   - targets: One for each of its targets.
    package init(_ route: RoutePlan, targets: [SimulatedTarget]) {
      precondition(route.targets.count == targets.count, "each target of a plan is described")
      self.route = route
      self.targets = targets
    }
  }

  /// The plan that calls begin with, then those of every model that is a fallback of any of them.
  package var plans: [Plan]
  /// Finds the plan of a fallback by the name that the file gives it; one of ``plans``, or nil where
  /// it cannot be used.
  package var resolve: @Sendable (String) -> RoutePlan?
  /// A router that has done nothing yet and records its transitions; it gave the plans their numbers.
  package var router: Router
  /// How long a whole call may take; nil: any time.
  package var total: Duration?

  /// States what is simulated.
  ///
  /// - Parameters:
  ///   - plans: The model's own plan first, then those of its fallbacks, theirs included.
  ///   - router: The router that numbered their loads, made with `recordsTransitions`.
  ///   - total: How long a whole call may take.
  ///   - resolve: Finds the plan of a fallback.
  package init(
    plans: [Plan], router: Router, total: Duration? = nil,
    resolve: @escaping @Sendable (String) -> RoutePlan? = { _ in nil }
  ) {
    precondition(!plans.isEmpty, "there is a plan to begin with")
    self.plans = plans
    self.router = router
    self.total = total
    self.resolve = resolve
  }

  /// The names that a scenario and an assertion may use.
  package var names: TargetNames { TargetNames(plans) }
}
