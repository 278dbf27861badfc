import ArgumentParser
import ProcessIO
import TransportHost

/// `jackfield emulate`: becomes the sibling program, so that this one links no server.
struct EmulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emulate",
    abstract: "Imitate the upstreams on loopback.",
    usage: "jackfield emulate [UPSTREAM=PORT …] [options]",
    discussion: "Runs jackfield-emulate, which stands beside this program. Its --help lists all.",
    helpNames: [])

  @Argument(parsing: .captureForPassthrough, help: "The arguments of jackfield-emulate.")
  var arguments: [String] = []

  func run() throws {
    guard let directory = Program.directory else {
      throw CommandFailure(CallError(.internal, "the system does not say where this program is."))
    }
    let path = directory + "/jackfield-emulate"
    let failure = Program.become(path, [path] + arguments)
    throw CommandFailure(
      CallError(
        .internal,
        "cannot run \(path): \(failure). It is installed beside jackfield; install both."))
  }
}
