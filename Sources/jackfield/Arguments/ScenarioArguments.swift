import ArgumentParser
import RouteSimulation

/// What is to happen in a simulation.
struct ScenarioArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Calls a second on average.", valueName: "n"))
  var rps = 10.0

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("How long calls arrive: 90s, 5m.", valueName: "duration"))
  var length = TimeArgument(.seconds(60))

  @Option(help: ArgumentHelp("The same seed gives the same report.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(name: .customLong("no-stream"), help: "Whole answers in place of streams.")
  var isWhole = false

  @Option(help: ArgumentHelp("What a call counts for limits of tokens.", valueName: "n"))
  var tokens = 1000

  @Option(
    help: ArgumentHelp("Attempts fail; repeatable.", valueName: "what[@from..[to]][=kind]"))
  var outage: [String] = []

  @Option(
    name: .customLong("rate-limit"),
    help: ArgumentHelp(
      "An upstream takes n requests a minute; repeatable.", valueName: "what[@from..[to]]=n"))
  var rateLimit: [String] = []

  @Option(
    help: ArgumentHelp(
      "The median time to the first event; repeatable.", valueName: "what[@from..[to]]=duration"))
  var latency: [String] = []

  @Option(
    name: .customLong("session-count"),
    help: ArgumentHelp("Calls belong to n conversations.", valueName: "n"))
  var sessions: Int?

  @Option(
    help: ArgumentHelp("The longest a call may take, within the file's.", valueName: "duration"))
  var timeout: TimeArgument?

  @Option(
    name: .customLong("max-retries"),
    help: ArgumentHelp("Retries at a target, within the file's.", valueName: "n"))
  var maxRetries: Int?

  @Flag(name: .customLong("no-fallbacks"), help: "Ask the model's own targets alone.")
  var hasNoFallbacks = false

  func validate() throws {
    guard rps > 0, rps.isFinite else { throw ValidationError("--rps is above zero.") }
    guard rps * length.duration.seconds <= Double(Scenario.callLimit) else {
      throw ValidationError(
        "--rps times --for is \(Int(min(rps * length.duration.seconds, 1e15))) calls; at most"
          + " \(Scenario.callLimit) are simulated.")
    }
    let counts = [
      ("--tokens", tokens, 0), ("--session-count", sessions ?? 1, 1),
      ("--max-retries", maxRetries ?? 0, 0),
    ]
    for (name, value, least) in counts where value < least {
      throw ValidationError("\(name) is at least \(least).")
    }
  }

  /// The scenario; its disturbances of one kind stand in the order in which they were given.
  ///
  /// - Throws: What is wrong with the text of a disturbance.
  func scenario() throws(TextProblem) -> Scenario {
    var scenario = Scenario()
    scenario.rate = rps
    scenario.length = length.duration
    scenario.seed = seed
    scenario.isStream = !isWhole
    scenario.tokens = tokens
    scenario.sessions = sessions
    scenario.timeout = timeout?.duration
    scenario.maxRetries = maxRetries
    scenario.allowsFallbacks = !hasNoFallbacks
    for text in outage { scenario.disturbances.append(try .outage(text)) }
    for text in rateLimit { scenario.disturbances.append(try .rateLimit(text)) }
    for text in latency { scenario.disturbances.append(try .latency(text)) }
    return scenario
  }
}

/// A duration as an argument: `300ms`, `1.5s`, `2m`.
struct TimeArgument: ExpressibleByArgument {
  let duration: Duration

  init(_ duration: Duration) { self.duration = duration }

  init?(argument: String) {
    guard let duration = TimeText.parse(argument), duration > .zero else { return nil }
    self.duration = duration
  }

  var defaultValueDescription: String { TimeText.write(duration) }
}
