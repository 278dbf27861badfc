/// The real router under a scenario, with a virtual clock.
package enum Simulation {
  /// Runs a simulation.
  ///
  /// The same input and scenario give the same report, whatever the machine or the time.
  ///
  /// - Parameters:
  ///   - input: What is simulated.
  ///   - scenario: What happens meanwhile.
  /// - Returns: What came of it.
  /// - Throws: A name of the scenario that means no target.
  package static func run(
    _ input: SimulationInput, under scenario: Scenario
  ) throws(TextProblem) -> SimulationReport {
    try scenario.check(input.names)
    var engine = Engine(input, scenario)
    engine.run()
    return SimulationReport(engine.recorder, input, scenario)
  }
}
