import ChildProcess
import Foundation
import Testing

@testable import ProcessIO

@Suite struct `A helper is run for what it prints` {
  private func run(
    _ script: String, _ words: [String] = [], variables: [(name: String, value: String)] = [],
    timeout: Duration = .seconds(20)
  ) async throws(HelperFailure) -> HelperProgram.Outcome {
    try await HelperProgram(
      ["sh", "-c", script, "sh"] + words, variables: variables, timeout: timeout
    ).run()
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `output, errors and exit code come back apart`() async throws {
    let outcome = try await run("echo out; echo err >&2; exit 3")
    #expect(text(outcome.output) == "out\n")
    #expect(text(outcome.errors) == "err\n")
    #expect(outcome.status == 3)
  }

  @Test func `words reach the program as they are, without a shell`() async throws {
    let outcome = try await HelperProgram(
      ["printf", "%s|", "a b", "$HOME", "'", ";", ""], timeout: .seconds(20)
    ).run()
    #expect(text(outcome.output) == "a b|$HOME|'|;||")
  }

  @Test func `variables are added, and those of this process stay`() async throws {
    let outcome = try await run(
      "echo $JF_ONE $JF_TWO; echo ${PATH:+path}",
      variables: [("JF_ONE", "1"), ("JF_TWO", "a b")])
    #expect(text(outcome.output) == "1 a b\npath\n")
  }

  @Test func `a variable that is added wins over one of this process`() async throws {
    let outcome = try await run("env | grep -c '^HOME='; echo $HOME", variables: [("HOME", "x")])
    #expect(text(outcome.output) == "1\nx\n")
  }

  @Test func `standard input is empty`() async throws {
    let outcome = try await run("cat; echo end")
    #expect(text(outcome.output) == "end\n")
  }

  @Test func `no descriptor of this process is inherited`() async throws {
    let descriptor = unsafe open("/dev/null", O_RDONLY)  // without O_CLOEXEC
    defer { close(descriptor) }
    let outcome = try await run("ls /proc/self/fd | wc -l")
    // 0, 1, 2 and the one with which ls reads the directory.
    #expect(text(outcome.output) == "4\n")
  }

  @Test func `a program that is not there is told from one that fails`() async throws {
    let failure = await #expect(throws: HelperFailure.self) {
      try await HelperProgram(["/nowhere/helper"], timeout: .seconds(20)).run()
    }
    guard case .notStarted(let reason) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(reason.isMissing)
  }

  @Test func `a signal's number is told as shells do`() async throws {
    #expect(try await run("kill -TERM $$").status == 128 + 15)
  }

  @Test func `a program that takes too long is killed with what it started`() async throws {
    let marker = FileManager.default.temporaryDirectory
      .appendingPathComponent("jackfield-helper-\(UUID().uuidString)").path
    let failure = await #expect(throws: HelperFailure.self) {
      try await run(
        "echo waiting >&2; sleep 300 & echo $! > \(marker); sleep 300",
        timeout: .milliseconds(400))
    }
    guard case .timedOut(_, let errors) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(text(errors) == "waiting\n")
    let child = try #require(
      pid_t(String(contentsOfFile: marker, encoding: .utf8).trimmingCharacters(in: .newlines)))
    #expect(isGone(child))
  }

  @Test func `a program that closes its outputs and goes on is killed too`() async {
    await #expect(throws: HelperFailure.self) {
      try await run("exec >&- 2>&-; sleep 300", timeout: .milliseconds(300))
    }
  }

  @Test func `cancelling kills the program at once`() async {
    let started = ContinuousClock.now
    let task = Task { try await self.run("sleep 300", timeout: .seconds(300)) }
    task.cancel()
    let failure = await #expect(throws: HelperFailure.self) { try await task.value }
    guard case .cancelled = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(started.duration(to: .now) < .seconds(100))
  }

  @Test func `output beyond the limit ends the program`() async {
    let failure = await #expect(throws: HelperFailure.self) { try await run("yes") }
    guard case .outputTooLarge = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test func `of standard error the first 64 KiB are kept and the rest is read`() async throws {
    let outcome = try await run("head -c 300000 /dev/zero >&2; echo done")
    #expect(outcome.errors.count == 64 << 10)
    #expect(text(outcome.output) == "done\n")
  }

  @Test func `a hundred runs leave no descriptor behind`() async throws {
    func open() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
    _ = try await run("true")
    let before = try open()
    for _ in 0..<100 { _ = try await run("true") }
    // Other suites of this process may hold some at the moment.
    #expect(try open() < before + 50)
  }

  /// Whether a process has ended; one that was killed may take a moment to be gone.
  private func isGone(_ process: pid_t) -> Bool {
    let deadline = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < deadline {
      let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      guard let state, !state.contains(") Z ") else { return true }
      sched_yield()
    }
    return false
  }
}
