import ChildProcess
import Foundation
import Testing

@Suite struct `Standard output` {
  static let commands = [["--help"], ["--version"], ["plugin", "list"], ["completions", "bash"]]

  @Test(arguments: commands, [">/dev/full", ">&-"])
  func `that takes nothing ends with 74 and the reason`(arguments: [String], redirection: String)
    throws
  {
    let files = try Scratch()
    let outcome = try Program.jackfield.started(by: [
      "/bin/sh", "-c", "exec \"$0\" \"$@\" \(redirection)",
    ]).run(arguments, in: files.directory)
    #expect(outcome.status == 74)
    #expect(outcome.errorText.contains("standard output cannot be written"))
  }

  @Test func `that is closed never becomes a file or a connection`() throws {
    let emulators = try Emulators()
    let files = try Scratch()
    try files.write(emulators.configuration(), to: "providers.yaml")
    let outcome = try Program.jackfield.started(by: [
      "/bin/sh", "-c", "exec \"$0\" \"$@\" >&-",
    ]).run(
      ["call", "on-openai", "Hello"], environment: ["TEST_KEY": Emulators.key], in: files.directory)
    #expect(outcome.status == 74, "\(outcome.errorText)")
  }
}
