import ArgumentParser

/// `jackfield replay`: becomes the sibling program, as `jackfield-gateway replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Serve recorded exchanges again, offline.",
    usage: "jackfield replay DIR [options] [-- COMMAND …]",
    discussion: "Runs jackfield-gateway, which stands beside this program. Its --help lists all.",
    helpNames: [])

  @Argument(parsing: .captureForPassthrough, help: "The arguments of jackfield-gateway.")
  var arguments: [String] = []

  func run() throws { try SiblingProgram.gateway.become(["replay"] + arguments) }
}
