import ChildProcess
import Foundation
import Testing

/// A copy of the program, with a script in the place of the gateway unless told otherwise.
private struct Installation {
  let files: Scratch

  init(hasGateway: Bool = true) throws {
    files = try Scratch()
    try FileManager.default.copyItem(
      at: Program.directory.appendingPathComponent("jackfield"),
      to: files.directory.appendingPathComponent("jackfield"))
    guard hasGateway else { return }
    let script = try files.write(
      "#!/bin/sh\nprintf '<%s>' \"${0##*/}\" \"$@\"\nexit 7\n", to: "jackfield-gateway")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
  }

  func run(_ arguments: [String]) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      files.directory.appendingPathComponent("jackfield").path, arguments,
      environment: ["HOME": files.directory.path])
  }
}

@Suite struct `The commands of the gateway` {
  @Test func `become its program with the arguments as they are`() throws {
    let installation = try Installation()
    let rows: [([String], String)] = [
      (["serve"], "<jackfield-gateway>"),
      (["serve", "--listen", "a:1", "x", "--"], "<jackfield-gateway><--listen><a:1><x><-->"),
      (["serve", "--help"], "<jackfield-gateway><--help>"),
      (["run", "--json", "--", "a", "--help"], "<jackfield-gateway><run><--json><--><a><--help>"),
      (["record", "tape", "--", "a"], "<jackfield-gateway><record><tape><--><a>"),
      (["replay", "tape", "--speed", "2"], "<jackfield-gateway><replay><tape><--speed><2>"),
      (["replay", ""], "<jackfield-gateway><replay><>"),
    ]
    for (arguments, words) in rows {
      let outcome = try installation.run(arguments)
      #expect(outcome.text == words)
      #expect(outcome.status == 7)
    }
  }

  @Test func `say where the program was looked for when it is not there`() throws {
    let installation = try Installation(hasGateway: false)
    for command in ["serve", "run", "record", "replay"] {
      let outcome = try installation.run([command, "x"])
      #expect(outcome.status == 70)
      let path = installation.files.directory.appendingPathComponent("jackfield-gateway").path
      #expect(outcome.errorText.contains("cannot run \(path): "), "\(outcome.errorText)")
      #expect(outcome.errorText.contains("It is installed beside jackfield; install both."))
    }
  }
}
