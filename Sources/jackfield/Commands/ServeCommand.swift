import ArgumentParser

/// `jackfield serve`: becomes the sibling program, with all arguments.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the configured models over HTTP.",
    usage: "jackfield serve [options]",
    discussion: "Runs jackfield-gateway, which stands beside this program. Its --help lists all.",
    helpNames: [])

  @Argument(parsing: .captureForPassthrough, help: "The arguments of jackfield-gateway.")
  var arguments: [String] = []

  func run() throws { try SiblingProgram.gateway.become(arguments) }
}
