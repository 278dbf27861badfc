import ArgumentParser
import RouteSimulation
import TransportHost

/// `jackfield simulate`: the router under a scripted outage, offline.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Show how calls are routed under an outage, offline.",
    discussion: """
      The same router that serves calls, with a virtual clock and a seed: minutes pass in \
      milliseconds, nothing is sent, and the same arguments give the same report. Prints who \
      served what, waits, cooldowns and the longest wait of a client, as tables and as a plot.

      WHAT is a target id, a provider id, provider/model, or * for all. FROM and TO are times \
      since the start. KIND is refused (default), unreachable, timeout, 500, 503, 404, 401, \
      429[:RETRY_AFTER], quota[:RESET] or cut.

      An assertion compares metrics, such as failed, availability, share.NAME, p99, max, with \
      numbers, percentages and durations; && || ! and parentheses join. Ends with 1 when one \
      does not hold.

      EXAMPLES
        jackfield simulate gpt-5 --outage main@10s..90s --rps 50 --for 2m
        jackfield simulate gpt-5 --outage '*@30s..40s=503' --timeout 30s
        jackfield simulate gpt-5 --rate-limit main=60 --latency backup=3s
        jackfield simulate gpt-5 --outage main@10s..=timeout \\
          --assert 'failed == 0 && p99 < 20s' --assert 'share.backup >= 65%'
      """)

  @Argument(help: "A name under models.", completion: .custom(ModelNames.completions))
  var model: String

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var scenario: ScenarioArguments

  @Option(
    name: .customLong("assert"),
    help: ArgumentHelp("What must hold, for CI; repeatable.", valueName: "expression"))
  var assertions: [String] = []

  @OptionGroup var output: OutputOption

  func run() throws {
    let report: SimulationReport
    let verdicts: [Assertion.Verdict]
    do {
      (report, verdicts) = try simulate()
    } catch let problem as TextProblem {
      throw refusal(problem)
    }
    if output.isJSON {
      Terminal.output.write(SimulationJSON(report, verdicts).bytes + [UInt8(ascii: "\n")])
    } else {
      SimulationView(report, on: .output).print()
      VerdictView(verdicts, on: .output).print()
    }
    if !verdicts.allSatisfy(\.holds) { throw ExitCode(1) }
  }

  /// Texts are read before the configuration, and names looked up before anything is simulated.
  private func simulate() throws -> (SimulationReport, [Assertion.Verdict]) {
    let scenario = try scenario.scenario()
    let assertions = try assertions.map { try Assertion($0) }
    let host = try configuration.host()
    let input: SimulationInput
    do { input = try SimulationInput(host, model: model, isStream: scenario.isStream) } catch {
      throw CommandFailure(error, host: host)
    }
    for assertion in assertions { try assertion.check(input.names) }
    let report = try Simulation.run(input, under: scenario)
    return (report, assertions.map { $0.verdict(on: report) })
  }

  /// A text that cannot be read is a wrong usage, shown with the place in it.
  private func refusal(_ problem: TextProblem) -> any Error {
    guard !output.isJSON else { return CommandFailure.usage(problem.line) }
    Terminal.error.line(problem.description.harmless)
    return ExitCode(2)
  }
}

extension TextProblem {
  /// All of it in one line.
  fileprivate var line: String {
    "\(option) \"\(text)\": at character \(range.lowerBound + 1): \(message)"
      + (help.map { "; \($0)" } ?? "") + "."
  }
}
