import ArgumentParser
import Glibc
import UpstreamEmulator

@main
enum Program {
  static func main() {
    do {
      var command = try JackfieldEmulate.parseAsRoot()
      try command.run()
    } catch {
      guard JackfieldEmulate.exitCode(for: error) == .validationFailure else {
        JackfieldEmulate.exit(withError: error)
      }
      // All programs of the project leave 2 for usage, where the parser would leave 64.
      Report.standardError(JackfieldEmulate.fullMessage(for: error))
      exit(2)
    }
  }
}

struct JackfieldEmulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jackfield-emulate",
    abstract: "Imitate OpenAI, Azure OpenAI and Azure AI Foundry on loopback, strictly.",
    discussion: HelpText.discussion)

  @Argument(
    help: ArgumentHelp(
      "What to imitate and where: openai=PORT, azure-openai=PORT, azure-foundry=PORT. "
        + "Port 0 picks a free one. Without any: all three.", valueName: "upstream=port"))
  var listeners: [ListenerArgument] = []

  @Flag(help: "Print one JSON object per listener once it accepts connections.")
  var json = false

  @Option(help: "The credential to expect; each upstream has its own default.")
  var key: String?

  @Option(help: "A model or deployment name that exists (repeatable).")
  var deployment: [String] = []

  @Option(help: "How long the two Azure ones cannot read what they have just stored.")
  var raceMs = 2000

  @Option(
    help: "Behaviour that some accounts or models show (repeatable; listed above).",
    transform: { try Quirk($0) })
  var quirk: [Quirk] = []

  @Option(
    help: "What goes wrong with every request (repeatable; listed above).",
    transform: { try Fault($0) })
  var fault: [Fault] = []

  @Flag(help: "End when standard input ends, as well as on SIGINT and SIGTERM.")
  var untilStdinCloses = false

  func validate() throws {
    guard raceMs >= 0 else { throw ValidationError("--race-ms must not be negative.") }
    guard key.map({ !$0.isEmpty }) ?? true else {
      throw ValidationError("--key must not be empty.")
    }
    guard Set(listeners.map(\.upstream)).count == listeners.count else {
      throw ValidationError("each upstream can be named once.")
    }
  }

  func run() throws {
    DescriptorLimit.raise()
    let signals = TerminationSignals.block()
    let emulator = UpstreamEmulator()
    let all = EmulatedUpstream.allCases.map(ListenerArgument.init)
    let opened = try (listeners.isEmpty ? all : listeners).map { argument in
      do throws(EmulatorError) {
        return try emulator.start(argument.upstream, options: options(port: argument.port))
      } catch {
        Report.standardError("error: \(error)")
        throw ExitCode(4)
      }
    }
    Report.print(json ? opened.map(Report.line) : Report.page(opened))
    if untilStdinCloses { TerminationSignals.raiseWhenInputEnds() }
    signals.wait()
    emulator.stop()
  }

  private func options(port: UInt16) -> EmulatorOptions {
    var options = EmulatorOptions()
    options.port = port
    options.key = key
    if !deployment.isEmpty { options.deployments = deployment }
    options.race = .milliseconds(raceMs)
    options.quirks = quirk
    options.faults = fault
    options.requestLogLimit = 0
    return options
  }
}
