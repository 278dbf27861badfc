import ChildProcess
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A program that is started from here` {
  /// What a script of `sh` leaves behind.
  private func outcome(
    of script: String, input: ChildProcess.Input = .nothing, joiningError: Bool = false
  ) throws -> ChildProcess.Outcome {
    try ChildProcess.run("sh", ["-c", script], input: input, joiningError: joiningError)
  }

  @Test(arguments: [
    ("exit 3", ChildProcess.Ending.exit(3), 3), ("kill -9 $$", .signal(9), 137),
    ("exit 255", .exit(255), 255),
  ])
  func `ends with a code or by a signal`(script: String, ending: ChildProcess.Ending, status: Int)
    throws
  {
    let outcome = try outcome(of: script)
    #expect(outcome.ending == ending)
    #expect(outcome.status == Int32(status))
    #expect(throws: ChildProcessFailure.self) { try outcome.checked() }
  }

  @Test func `is refused when there is no such file or no such directory`() throws {
    #expect(throws: ChildProcessFailure.self) { try ChildProcess("/nonexistent") }
    #expect(throws: ChildProcessFailure.self) { try ChildProcess("true", in: "/nonexistent") }
    #expect(try ChildProcess.run("true").checked().seconds > 0)
  }

  @Test func `writes a lot on both streams, and nobody waits for ever`() throws {
    let outcome = try outcome(
      of: "head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero; head -c 7 /dev/zero >&2")
    #expect(outcome.output.count == 3_000_000)
    #expect(outcome.error.count == 3_000_007)
  }

  @Test func `writes its two streams into one where that is asked for`() throws {
    let outcome = try outcome(of: "echo a; echo b >&2; echo c", joiningError: true)
    #expect(outcome.text == "a\nb\nc\n")
    #expect(outcome.error.isEmpty)
  }

  @Test func `reads nothing, a long text, or an open pipe until that is closed`() throws {
    let text = String(repeating: "é\n", count: 200_000)
    #expect(try outcome(of: "cat").text == "")
    #expect(try outcome(of: "cat", input: .text(text)).text == text)
    #expect(try outcome(of: "cat; echo end", input: .open).text == "end\n")
  }

  @Test func `is read by lines, the last one without an end`() throws {
    let process = try ChildProcess("sh", ["-c", "echo a; echo; read x; printf b"], input: .open)
    #expect(process.nextLine() == "a")
    #expect(process.nextLine() == "")
    #expect(process.isRunning)
    process.closeInput()
    #expect(process.nextLine() == "b")
    #expect(process.nextLine() == nil)
    #expect(process.wait() == .exit(0))
    #expect(!process.isRunning)
  }

  @Test func `inherits no descriptor`() throws {
    let pipe = Pipe()
    let opened = pipe.fileHandleForReading.fileDescriptor
    _ = fcntl(opened, F_SETFD, 0)
    #expect(fcntl(opened, F_GETFD) == 0)
    let list = "for f in /proc/$$/fd/*; do [ -e $f ] && echo ${f##*/}; done"
    #expect(try outcome(of: list).text == "0\n1\n2\n")
  }

  @Test func `has the environment and the directory that it is given`() throws {
    let script = "pwd; echo $A; echo ${HOME-none}"
    let outcome = try ChildProcess.run(
      "/bin/sh", ["-c", script], in: "/usr", environment: ["A": "é b"])
    #expect(outcome.text == "/usr\né b\nnone\n")
    #expect(try self.outcome(of: "echo $PATH").text.count > 1)
  }

  @Test func `has no signal blocked, and none of those that end it ignored`() throws {
    let handler = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, handler) }
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGTERM)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    defer { unsafe _ = pthread_sigmask(SIG_UNBLOCK, &mask, nil) }
    let status = try ChildProcess.run("cat", ["/proc/self/status"]).text
    #expect(status.contains("SigBlk:\t0000000000000000"))
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
    let ignored = try #require(line.flatMap { UInt64($0.dropFirst(8), radix: 16) })
    #expect([SIGPIPE, SIGINT, SIGTERM].allSatisfy { ignored >> UInt64($0 - 1) & 1 == 0 })
  }

  @Test func `is terminated, interrupted, and ended with its owner`() throws {
    let terminated = try ChildProcess("cat", input: .open)
    terminated.terminate()
    #expect(terminated.wait() == .signal(SIGTERM))
    terminated.terminate()
    let interrupted = try ChildProcess("cat", input: .open)
    interrupted.interrupt()
    #expect(interrupted.finish().ending == .signal(SIGINT))
    var dropped: ChildProcess? = try ChildProcess("sh", ["-c", "echo $$; cat"], input: .open)
    let number = try #require(dropped?.nextLine().flatMap { pid_t($0) })
    #expect(kill(number, 0) == 0)
    dropped = nil
    #expect(kill(number, 0) == -1)
  }

  @Test func `never waits for a reader of output that is discarded`() throws {
    let process = try ChildProcess("sh", ["-c", "echo a; head -c 3000000 /dev/zero"])
    #expect(process.nextLine() == "a")
    process.discardOutput()
    #expect(process.wait() == .exit(0))
  }

  @Test(arguments: 0..<4)
  func `starts while others open and close descriptors`(_: Int) throws {
    for _ in 0..<50 {
      let pipes = (0..<20).map { _ in Pipe() }
      #expect(try outcome(of: "echo \(pipes.count)").text == "20\n")
    }
  }
}
