import ChildProcess
import Foundation

/// The program that is documented, as it was built with these tests.
enum Program {
  /// Where the build put programs and plugins: beside these tests.
  static let directory = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// What the program prints when it is asked for help.
  static func help(_ command: String...) throws -> String {
    try ChildProcess.run(
      directory.appendingPathComponent("jackfield").path, command + ["--help"]
    ).text
  }

  /// The commands that a help page lists.
  static func subcommands(_ command: String...) throws -> Set<String> {
    let text = command.isEmpty ? try help() : try help(command[0])
    guard let list = text.firstRange(of: "\nSUBCOMMANDS:\n") else { return [] }
    return Set(
      text[list.upperBound...].matches(of: #/(?m)^  ([a-z][a-z-]*) /#).map { String($0.1) })
  }
}
