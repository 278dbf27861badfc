import ChildProcess
import Foundation
import Testing

@testable import ProcessIO

@Suite(.serialized, .timeLimit(.minutes(1))) struct `A helper may behave badly` {
  private func run(
    _ script: String, timeout: Duration = .seconds(20)
  ) async throws(HelperFailure) -> HelperProgram.Outcome {
    try await HelperProgram(["sh", "-c", script], timeout: timeout).run()
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// A tool may leave a daemon behind, such as an agent for keys, that never closes what it inherited.
  @Test func `what it leaves behind does not hold up what it printed`() async throws {
    let started = ContinuousClock.now
    let outcome = try await run("sleep 300 & echo token; echo $! >&2")
    #expect(text(outcome.output) == "token\n" && outcome.status == 0)
    #expect(started.duration(to: .now) < .seconds(15))
    let left = try #require(pid_t(text(outcome.errors).trimmingCharacters(in: .newlines)))
    kill(left, SIGKILL)
  }

  @Test func `it is killed though it ignores SIGTERM`() async throws {
    let failure = await #expect(throws: HelperFailure.self) {
      try await run(
        "trap '' TERM HUP INT; echo half; while :; do sleep 1; done", timeout: .milliseconds(300))
    }
    guard case .timedOut(let output, _) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(text(output) == "half\n")
  }

  @Test func `it may close its output and go on for a moment`() async throws {
    let outcome = try await run("echo token; exec >&- 2>&-; sleep 0.2; exit 7")
    #expect(text(outcome.output) == "token\n" && outcome.status == 7)
  }

  @Test func `two mebibytes end it`() async {
    let failure = await #expect(throws: HelperFailure.self) {
      try await run("head -c 2097152 /dev/zero; sleep 300")
    }
    guard case .outputTooLarge = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test func `fifty at once each get their own, and leave nothing`() async throws {
    _ = try await run("true")
    let before = try descriptors()
    let outputs = try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for number in 0..<50 {
        group.addTask {
          let outcome = try await run("echo err >&2; echo out-\(number)")
          return (number, text(outcome.output))
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(outputs.count == 50)
    for (number, output) in outputs { #expect(output == "out-\(number)\n") }
    // Other suites of this process may hold some at the moment.
    #expect(try descriptors() < before + 30)
    #expect(try zombies().isEmpty)
  }

  @Test func `fifty that are cancelled at any moment leave nothing`() async throws {
    let before = try descriptors()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 { group.addTask { _ = try? await run("echo x; sleep 300") } }
      for _ in 0..<200 { await Task.yield() }
      group.cancelAll()
    }
    #expect(try descriptors() < before + 30)
    #expect(try zombies().isEmpty)
  }

  private func descriptors() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
  }

  /// Children of this process that ended and that nobody waited for; one may be waited for just now.
  private func zombies() throws -> [String] {
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      let found = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
        guard Int32(name) != nil,
          let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
          let tail = stat.split(separator: ")").last?.split(separator: " ")
        else { return false }
        return tail.count > 1 && tail[0] == "Z" && tail[1] == "\(getpid())"
      }
      if found.isEmpty || ContinuousClock.now > deadline { return found }
      sched_yield()
    }
  }
}
