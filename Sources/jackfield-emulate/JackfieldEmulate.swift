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
      "What to imitate and where: openai=PORT, azure-openai=PORT, azure-foundry=PORT, and "
        + "tokens=PORT for the endpoints of Entra ID. Port 0 picks a free one. Without an upstream: "
        + "all three.", valueName: "upstream=port"))
  var listeners: [ListenerArgument] = []

  @Flag(help: "Print one JSON object per listener once it accepts connections.")
  var json = false

  @Option(help: "The credential to expect; each upstream has its own default.")
  var key: String?

  @Option(help: "A model or deployment name that exists (repeatable).")
  var deployment: [String] = []

  @Option(help: "How long the two Azure ones cannot read what they have just stored.")
  var raceMs = 2000

  @Option(help: "The shortest such time; each response and item then has one of its own.")
  var raceFromMs: Int?

  @Option(
    help: "Behaviour that some accounts or models show (repeatable; listed above).",
    transform: { try Quirk($0) })
  var quirk: [Quirk] = []

  @Option(
    help: "What goes wrong with every request (repeatable; listed above).",
    transform: { try Fault($0) })
  var fault: [Fault] = []

  @Option(help: "A file to append to: one JSON object per reply that has ended, with its request.")
  var log: String?

  @OptionGroup(title: "TOKENS") var tokens: TokenFlags

  @Flag(help: "End when standard input ends, as well as on SIGINT and SIGTERM.")
  var untilStdinCloses = false

  func validate() throws {
    guard raceMs >= 0 else { throw ValidationError("--race-ms must not be negative.") }
    guard (0...raceMs).contains(raceFromMs ?? 0) else {
      throw ValidationError("--race-from-ms must be from 0 to --race-ms.")
    }
    guard key.map({ !$0.isEmpty }) ?? true else {
      throw ValidationError("--key must not be empty.")
    }
    guard Set(listeners.map(\.service)).count == listeners.count else {
      throw ValidationError("each can be named once.")
    }
  }

  func run() throws {
    DescriptorLimit.raise()
    let signals = TerminationSignals.block()
    let emulator = UpstreamEmulator()
    let report = try log.map { path in
      guard let file = ReplyLogFile(path) else {
        Report.standardError("error: \(path) cannot be written. Name another file for --log.")
        throw ExitCode(4)
      }
      return file.append
    }
    do throws(EmulatorError) {
      let (upstreams, issuing) = try start(emulator, report)
      Report.print(
        json
          ? upstreams.map(Report.line) + issuing.map(Report.line)
          : Report.page(upstreams, issuing))
    } catch {
      Report.standardError("error: \(error)")
      throw ExitCode(4)
    }
    if untilStdinCloses { TerminationSignals.raiseWhenInputEnds() }
    signals.wait()
    emulator.stop()
  }

  private func start(
    _ emulator: UpstreamEmulator, _ report: (@Sendable (EndedReply) -> Void)?
  ) throws(EmulatorError) -> ([UpstreamEmulator.Listener], [UpstreamEmulator.TokenListener]) {
    let issuer = TokenIssuer()
    let issues = listeners.contains { $0.service == .tokens }
    let named = listeners.filter { $0.service != .tokens }
    let wanted = named.isEmpty ? EmulatedUpstream.allCases.map(ListenerArgument.init) : named
    var upstreams: [UpstreamEmulator.Listener] = []
    var issuing: [UpstreamEmulator.TokenListener] = []
    for argument in wanted + listeners.filter({ $0.service == .tokens }) {
      switch argument.service {
      case .upstream(let upstream):
        var options = options(port: argument.port, tokens: issues ? issuer : nil)
        options.onReplyEnd = report
        upstreams.append(try emulator.start(upstream, options: options))
      case .tokens:
        let options = try tokens.options(port: argument.port, issuer: issuer)
        issuing.append(try emulator.startTokens(options: options))
      }
    }
    return (upstreams, issuing)
  }

  private func options(port: UInt16, tokens: TokenIssuer?) -> EmulatorOptions {
    var options = EmulatorOptions()
    options.port = port
    options.key = key
    options.tokens = tokens
    if !deployment.isEmpty { options.deployments = deployment }
    options.race = .milliseconds(raceMs)
    options.raceFrom = raceFromMs.map { .milliseconds($0) }
    options.quirks = quirk
    options.faults = fault
    options.requestLogLimit = 0
    return options
  }
}
