import Foundation

/// A program that was started from here, its standard output read, its standard input a pipe.
struct ChildProcess {
  private let identifier: pid_t
  private let output: FileHandle
  private let input: FileHandle

  /// What a program leaves behind.
  struct Result {
    /// What it wrote.
    let output: String
    /// Its processor time, user and system, from its start to its end, in seconds.
    let seconds: Double
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: The file, or a name that is looked up in `PATH`.
  ///   - arguments: Those behind the name.
  /// - Throws: ``ChildProcessFailure`` when it cannot be started.
  init(_ path: String, _ arguments: [String]) throws(ChildProcessFailure) {
    let (output, input) = try (PipeEnds(), PipeEnds())
    defer {
      close(output.writing)
      close(input.reading)
    }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(
      &actions, input.reading, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(
      &actions, output.writing, STDOUT_FILENO)
    var identifier = pid_t()
    let code = unsafe Self.withCStrings([path] + arguments) { words in
      unsafe posix_spawnp(&identifier, path, &actions, nil, words, environ)
    }
    guard code == 0 else { throw ChildProcessFailure("\(path) cannot be started: errno \(code)") }
    self.identifier = identifier
    self.output = FileHandle(fileDescriptor: output.reading, closeOnDealloc: true)
    self.input = FileHandle(fileDescriptor: input.writing, closeOnDealloc: true)
  }

  /// Runs a program to its end.
  static func run(
    _ path: String, _ arguments: [String] = []
  ) throws(ChildProcessFailure) -> Result {
    try ChildProcess(path, arguments).finish()
  }

  /// The next bytes that it writes, as text.
  func nextOutput() -> String { String(decoding: output.availableData, as: UTF8.self) }

  /// Ends its standard input, and waits for its end.
  func finish() throws(ChildProcessFailure) -> Result {
    try? input.close()
    let text = (try? output.readToEnd()).flatMap { $0 } ?? Data()
    var status: Int32 = 0
    var usage = rusage()
    // SAFETY: the call fills the two variables that it is given.
    let waited = unsafe wait4(identifier, &status, 0, &usage)
    guard waited == identifier, status == 0 else {
      throw ChildProcessFailure("a program failed: wait status \(status)")
    }
    return Result(
      output: String(decoding: text, as: UTF8.self),
      seconds: usage.ru_utime.seconds + usage.ru_stime.seconds)
  }

  private static func withCStrings<R>(
    _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    // SAFETY: the copies live until the closure has returned.
    var copies = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in words.indices { unsafe free(copies[index]) } }
    return unsafe body(&copies)
  }
}

/// Why a program gave no result.
struct ChildProcessFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A pipe that no other program inherits: who held its writing end would keep it from ending.
private struct PipeEnds {
  let reading: Int32
  let writing: Int32

  init() throws(ChildProcessFailure) {
    var ends: [Int32] = [0, 0]
    // SAFETY: the call fills the two elements.
    guard unsafe pipe(&ends) == 0 else {
      throw ChildProcessFailure("no pipe can be made: errno \(errno)")
    }
    (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
