internal import Routing

/// What a simulation came to at one target.
package struct TargetReport: Sendable, Hashable {
  /// Its id, with the model in front of it where several have that id.
  package let label: String
  /// The model of the configuration that it is a target of.
  package let plan: String
  /// The target.
  package let target: SimulatedTarget
  /// Calls that it answered to the end.
  package let served: Int
  /// Attempts.
  package let attempts: Int
  /// Attempts that failed, by what with.
  package let failures: [FailureCode: Int]
  /// The most attempts at the same time.
  package let busiest: Int
  /// How often something was left alone that it depends on.
  package let openings: Int
  /// Attempts that found out whether a cooldown was over.
  package let probes: Int
  /// How long answered attempts took to their first part.
  let firstEvents: Samples

  /// Attempts that failed.
  package var failed: Int { failures.values.reduce(0, +) }

  /// How long a share of its answered attempts took at most to the first part; nil where none was.
  package func firstEvent(_ share: Percentile) -> Duration? { firstEvents[share] }

  static func all(_ input: SimulationInput, _ tallies: [TargetTally]) -> [TargetReport] {
    let places = input.plans.flatMap { plan in plan.targets.map { (plan.route.model, $0) } }
    return zip(zip(places, input.names.entries), tallies).map { place, tally in
      TargetReport(
        label: place.1.label, plan: place.0.0, target: place.0.1, served: tally.served,
        attempts: tally.attempts, failures: tally.failures, busiest: tally.busiest,
        openings: tally.openings, probes: tally.probes, firstEvents: Samples(tally.firstEvents))
    }
  }
}
