#if Gateway
import ArgumentParser
import ProcessIO
import TransportHost

@main
enum Program {
  static func main() async {
    Stream.occupyStandard()
    OpenFileLimit.raise()
    do {
      var command = try JackfieldGateway.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      guard JackfieldGateway.exitCode(for: error) == .validationFailure else {
        JackfieldGateway.exit(withError: error)
      }
      // All programs of the project leave 2 for usage, where the parser would leave 64.
      Stream.error.write(JackfieldGateway.fullMessage(for: error) + "\n")
      JackfieldGateway.exit(withError: ExitCode(2))
    }
  }
}

/// The programs around the gateway; `jackfield` becomes this one for each of them.
struct JackfieldGateway: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jackfield-gateway",
    abstract: "Serve models to every tool that speaks the Responses API or Chat Completions.",
    version: "jackfield-gateway \(TransportHost.version)",
    subcommands: [ServeCommand.self, RunCommand.self, RecordCommand.self, ReplayCommand.self],
    defaultSubcommand: ServeCommand.self)
}
#else
import ProcessIO

@main
enum Program {
  /// Says why there is nothing to run: a build without the trait has no HTTP server.
  static func main() {
    Stream.error.write(
      "jackfield-gateway was built without its HTTP server. Build it with --traits Gateway.\n")
    ProcessIO.Program.end(with: 70)
  }
}
#endif
