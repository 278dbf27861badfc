import ChildProcess
import Foundation
import Testing

/// A built program of this package, run as a process of its own.
struct Program {
  typealias Outcome = ChildProcess.Outcome

  /// Where the programs and the plugins stand: beside the test program.
  static let directory = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  static let jackfield = Program(directory.appendingPathComponent("jackfield").path)

  private let path: String
  private let front: [String]

  private init(_ path: String, front: [String] = []) {
    self.path = path
    self.front = front
  }

  /// The same program started by another one, as `unshare`.
  func started(by words: [String]) -> Program {
    Program(words[0], front: Array(words.dropFirst()) + [path])
  }

  /// Runs to the end, with nothing on standard input unless given, and with that environment alone.
  func run(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
    in directory: URL
  ) throws -> Outcome {
    try start(
      arguments, input: .text(input ?? ""), environment: environment, in: directory
    ).finish()
  }

  /// Starts it, with that environment alone.
  func start(
    _ arguments: [String], input: ChildProcess.Input = .nothing,
    environment: [String: String] = [:], in directory: URL
  ) throws -> ChildProcess {
    try ChildProcess(
      path, front + arguments, in: directory.path,
      environment: environment.merging(["HOME": directory.path]) { own, _ in own }, input: input)
  }
}

extension Program.Outcome {
  /// Standard output as one JSON object.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output)) as? [String: Any])
  }

  /// A member of the error object on standard output.
  func errorField(_ name: String) throws -> Any? {
    try #require(try json()["error"] as? [String: Any])[name]
  }
}

/// A directory that goes away with its owner.
final class Scratch {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("jackfield-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let url = directory.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  func content(_ name: String) throws -> Data {
    try Data(contentsOf: directory.appendingPathComponent(name))
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: directory.appendingPathComponent(name).path)
  }
}
