import ArgumentParser

/// `jackfield emulate`: becomes the sibling program.
struct EmulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emulate",
    abstract: "Imitate the upstreams on loopback.",
    usage: "jackfield emulate [UPSTREAM=PORT …] [options]",
    discussion: "Runs jackfield-emulate, which stands beside this program. Its --help lists all.",
    helpNames: [])

  @Argument(parsing: .captureForPassthrough, help: "The arguments of jackfield-emulate.")
  var arguments: [String] = []

  func run() throws { try SiblingProgram.emulate.become(arguments) }
}
