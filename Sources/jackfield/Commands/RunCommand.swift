import ArgumentParser

/// `jackfield run`: becomes the sibling program, as `jackfield-gateway run`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a command against a gateway of its own.",
    usage: "jackfield run [options] -- COMMAND …",
    discussion: "Runs jackfield-gateway, which stands beside this program. Its --help lists all.",
    helpNames: [])

  @Argument(parsing: .captureForPassthrough, help: "The arguments of jackfield-gateway.")
  var arguments: [String] = []

  func run() throws { try SiblingProgram.gateway.become(["run"] + arguments) }
}
