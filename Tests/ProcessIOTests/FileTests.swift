import Foundation
import Testing

@testable import ProcessIO

@Suite struct `Files and folders of a service` {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("jackfield-\(UUID().uuidString)").path

  init() throws { try Folder.make(folder + "/a/b") }

  @Test func `are made with those above them, and are there a second time`() throws {
    try Folder.make(folder + "/a/b")
    #expect(try Folder.names(in: folder) == ["a"])
    #expect(try FileStatus(of: folder + "/a/b").permissions == 0o700)
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `cannot be made below a file, nor read where there are none`() throws {
    try FileContent.write(Array("x".utf8), to: folder + "/file")
    #expect(throws: IOFailure.self) { try Folder.make(folder + "/file/c") }
    #expect(throws: IOFailure.self) { try Folder.make(folder + "/file") }
    #expect(throws: IOFailure.self) { try Folder.names(in: folder + "/nothing") }
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `are listed by name, without those that begin with a dot`() throws {
    for name in ["b", "c", ".hidden"] {
      try FileContent.write([], to: folder + "/a/b/" + name)
    }
    #expect(try Folder.names(in: folder + "/a/b") == ["b", "c"])
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `are appended to, by their owner alone`() throws {
    let path = folder + "/log"
    for word in ["one\n", "two\n"] {
      #expect(try AppendedFile(path).append(Array(word.utf8)))
    }
    #expect(try FileContent.read(path) == Array("one\ntwo\n".utf8))
    #expect(try FileStatus(of: path).permissions == 0o600)
    #expect(throws: IOFailure.self) { try AppendedFile(folder) }
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `have another version once they are written or replaced`() throws {
    let path = folder + "/file"
    try FileContent.write(Array("one".utf8), to: path)
    let first = try FileStatus(of: path).version
    #expect(try FileStatus(of: path).version == first)
    try FileContent.write(Array("three".utf8), to: path)
    let second = try FileStatus(of: path).version
    #expect(second != first)
    // Another file with the same text in its place.
    try FileContent.write(Array("three".utf8), to: path + "2")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: path + "2", toPath: path)
    #expect(try FileStatus(of: path).version != second)
    try FileManager.default.removeItem(atPath: folder)
  }
}

@Suite(.timeLimit(.minutes(1))) struct `A program in the foreground` {
  @Test func `ends with its code, or with that of a signal, however soon`() async throws {
    for code in [0, 3] as [Int32] {
      let program = try ForegroundProgram(["sh", "-c", "exit \(code)"], variables: [])
      #expect(await program.status() == code)
    }
    let program = try ForegroundProgram(["sh", "-c", "kill -TERM $$"], variables: [])
    #expect(await program.status() == 143)
  }

  @Test func `has its variables, which win`() async throws {
    let script = #"test "$HOME" = mine && test "$JACKFIELD_X" = "a b" && test -n "$PATH""#
    let program = try ForegroundProgram(
      ["sh", "-c", script], variables: [("HOME", "mine"), ("JACKFIELD_X", "a b")])
    #expect(await program.status() == 0)
  }

  @Test func `is told what it is sent`() async throws {
    let program = try ForegroundProgram(["sleep", "300"], variables: [])
    program.send(.terminate)
    #expect(await program.status() == 143)
  }

  @Test func `that is not there is refused`() {
    #expect(throws: IOFailure.self) { try ForegroundProgram(["no-such-program"], variables: []) }
  }
}
