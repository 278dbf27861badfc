import Foundation
import Synchronization

/// A program that was started from here; it is terminated when its owner drops it.
///
/// Foundation's `Process` lists the open descriptors of the whole process before it starts a
/// program, and crashes when others open and close theirs meanwhile, as parallel tests do. Here the
/// system closes them in the child.
package final class ChildProcess: Sendable {
  /// What a program reads.
  package enum Input: Sendable {
    /// Nothing: `/dev/null`.
    case nothing
    /// A file with that text.
    case text(String)
    /// A pipe that stays open and empty until ``ChildProcess/closeInput()``.
    case open
  }

  let identifier: pid_t
  private let input: Mutex<Descriptor?>
  private let output: LineReader
  /// What it wrote to standard error: a file, so that nobody needs to read it meanwhile.
  private let error: Descriptor
  private let ended = Mutex<(ending: Ending, seconds: Double)?>(nil)

  /// Starts a program that inherits no descriptor but the three standard ones.
  ///
  /// - Parameters:
  ///   - program: The file, or a name that is looked up in `PATH`.
  ///   - arguments: Those behind the name.
  ///   - directory: Where it runs; nil: here.
  ///   - environment: All of its variables; nil: those of this process.
  ///   - input: Its standard input.
  ///   - joiningError: Whether what it writes to standard error goes into its output.
  /// - Throws: When it cannot be started.
  package init(
    _ program: String, _ arguments: [String] = [], in directory: String? = nil,
    environment: [String: String]? = nil, input: Input = .nothing, joiningError: Bool = false
  ) throws(ChildProcessFailure) {
    let (source, feed) = try Descriptor.opened(for: input)
    let (output, sink) = try Descriptor.pipe()
    error = try Descriptor.memoryFile()
    identifier = try spawn(
      program, arguments, in: directory, environment: environment,
      streams: [source, sink, joiningError ? sink : error])
    self.input = Mutex(feed)
    self.output = LineReader(output)
  }

  deinit {
    terminate()
    wait()
  }

  /// Runs a program to its end; the parameters are those of the initializer.
  package static func run(
    _ program: String, _ arguments: [String] = [], in directory: String? = nil,
    environment: [String: String]? = nil, input: Input = .nothing, joiningError: Bool = false
  ) throws(ChildProcessFailure) -> Outcome {
    try ChildProcess(
      program, arguments, in: directory, environment: environment, input: input,
      joiningError: joiningError
    ).finish()
  }

  /// Ends its standard input, reads the rest of its output, and waits for its end.
  package func finish() -> Outcome {
    closeInput()
    let rest = output.rest()
    let ending = wait()
    return Outcome(
      ending: ending, output: rest, error: error.wholeFile(),
      seconds: ended.withLock { $0?.seconds } ?? 0)
  }

  /// Ends an input that was ``Input/open``.
  package func closeInput() { input.withLock { $0 = nil } }

  /// Waits for the next line of its output, without its end; nil behind the last one.
  package func nextLine() -> String? { output.next() }

  /// Reads and drops the rest of its output, so that it never waits for a reader.
  package func discardOutput() {
    let output = output
    Thread.detachNewThread { while output.next() != nil {} }
  }
}

extension ChildProcess {
  /// Whether it has not ended.
  package var isRunning: Bool { reap(WNOHANG) == nil }

  /// Asks it to end, with SIGTERM.
  package func terminate() { signal(SIGTERM) }

  /// Interrupts it as Ctrl-C does, with SIGINT.
  package func interrupt() { signal(SIGINT) }

  /// Tells it that its terminal is gone, with SIGHUP: services then read their files again.
  package func hangUp() { signal(SIGHUP) }

  /// What it wrote to standard error so far.
  package var errorText: String { String(decoding: error.wholeFile(), as: UTF8.self) }

  /// Waits for its end.
  @discardableResult
  package func wait() -> Ending {
    while true {
      // This leaves the process's number taken, so that a signal from another thread meanwhile meets
      // this process or none.
      var end = unsafe siginfo_t()
      _ = unsafe waitid(P_PID, id_t(identifier), &end, WEXITED | WNOWAIT)
      if let ending = reap(WNOHANG) { return ending }
    }
  }

  private func signal(_ number: Int32) {
    ended.withLock { if $0 == nil { kill(identifier, number) } }
  }

  private func reap(_ options: Int32) -> Ending? {
    ended.withLock { ended in
      var status: Int32 = 0
      var usage = rusage()
      // SAFETY: the call fills the two variables that it is given.
      if ended == nil, unsafe wait4(identifier, &status, options, &usage) == identifier {
        ended = (Ending(waitStatus: status), usage.ru_utime.seconds + usage.ru_stime.seconds)
      }
      return ended?.ending
    }
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
