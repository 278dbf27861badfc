import ArgumentParser

/// `jackfield record`: becomes the sibling program, as `jackfield-gateway record`.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Run a command and record its exchanges.",
    usage: "jackfield record DIR [options] -- COMMAND …",
    discussion: "Runs jackfield-gateway, which stands beside this program. Its --help lists all.",
    helpNames: [])

  @Argument(parsing: .captureForPassthrough, help: "The arguments of jackfield-gateway.")
  var arguments: [String] = []

  func run() throws { try SiblingProgram.gateway.become(["record"] + arguments) }
}
