import ProcessIO
import TransportHost

/// A program that is installed beside this one, so that this one links no server.
struct SiblingProgram {
  /// The stand-ins for upstreams.
  static let emulate = SiblingProgram(name: "jackfield-emulate")
  /// The HTTP server.
  static let gateway = SiblingProgram(name: "jackfield-gateway")

  /// The name of its file.
  let name: String

  /// Becomes the program: descriptors, environment and process id stay.
  ///
  /// - Parameter arguments: Passed as they are.
  /// - Throws: Always where it returns at all, with the path and the reason.
  func become(_ arguments: [String]) throws(CommandFailure) -> Never {
    guard let directory = Program.directory else {
      throw CommandFailure(CallError(.internal, "the system does not say where this program is."))
    }
    let path = directory + "/" + name
    let failure = Program.become(path, [path] + arguments)
    throw CommandFailure(
      CallError(
        .internal,
        "cannot run \(path): \(failure). It is installed beside jackfield; install both."))
  }
}
