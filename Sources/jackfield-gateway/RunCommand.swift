#if Gateway
import ArgumentParser
import Gateway
import ProviderConfiguration

/// `jackfield run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a command with a gateway of its own.",
    usage: "jackfield run [options] -- COMMAND …",
    discussion: """
      The gateway listens on a free port of this machine, takes one token that is made for the run, and \
      ends with the command. The command gets both in the variables that tools for this API read, such \
      as OPENAI_BASE_URL and OPENAI_API_KEY. The exit code is the command's.
      """)

  @OptionGroup var arguments: GatewayArguments
  @OptionGroup var command: CommandArgument

  func validate() throws {
    guard !command.words.isEmpty else { throw ValidationError("name a command behind --.") }
  }

  func run() async throws {
    try await arguments.run(command.words, recording: nil)
  }
}

/// `jackfield record`.
struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Run a command and record what it asks and is answered.",
    usage: "jackfield record DIR [options] -- COMMAND …",
    discussion: """
      Like jackfield run; each exchange becomes a file of the folder, with its bytes and their timing \
      and without secrets. jackfield replay serves them again.
      """)

  @Argument(help: ArgumentHelp("Where recordings go.", valueName: "dir"))
  var folder: String

  @OptionGroup var arguments: GatewayArguments
  @OptionGroup var command: CommandArgument

  func validate() throws {
    guard !command.words.isEmpty else { throw ValidationError("name a command behind --.") }
  }

  func run() async throws {
    try await arguments.run(command.words, recording: folder)
  }
}

extension GatewayArguments {
  /// Runs a command with a gateway, and ends with its exit code.
  fileprivate func run(_ words: [String], recording folder: String?) async throws {
    let token = OneTimeToken.make()
    let gateway = try await start(
      listening: ListenAddress(host: "127.0.0.1", port: 0), onetime: token, recording: folder,
      json: false)
    let status = try await CommandWithGateway(words, url: gateway.url, token: token).status()
    _ = await gateway.drain()
    if let problem = gateway.recordingProblem, let folder {
      throw Report(json: false).failure(
        .recording(folder, reason: "not every exchange could be written: \(problem)"))
    }
    throw ExitCode(status)
  }
}
#endif
