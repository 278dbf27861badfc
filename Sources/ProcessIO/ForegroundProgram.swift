internal import Glibc

/// A program that has this one's terminal, standard input and output for as long as it runs.
package struct ForegroundProgram: Sendable {
  /// Its process id.
  package let id: Int32

  /// Starts a program.
  ///
  /// It inherits what this process has open for all, and no ignored signal; it stays in this process's
  /// group, so that a key which interrupts the one interrupts both.
  ///
  /// - Parameters:
  ///   - words: The program and its arguments; a name without a slash is looked for in `PATH`.
  ///   - variables: What it gets besides this process's variables; they win over them.
  /// - Throws: The system's refusal, as where there is no such program.
  package init(
    _ words: [String], variables: [(name: String, value: String)]
  ) throws(IOFailure) {
    var attributes = posix_spawnattr_t()
    guard unsafe posix_spawnattr_init(&attributes) == 0 else { throw .last }
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    var none = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigemptyset(&none)
    for signal in [SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGCHLD] {
      unsafe sigaddset(&defaults, signal)
    }
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process: pid_t = 0
    let result = unsafe withCStrings(words) { arguments in
      unsafe withCStrings(environment(adding: variables)) { environment in
        unsafe posix_spawnp(
          &process, words.first ?? "", nil, &attributes, arguments, environment)
      }
    }
    guard result == 0 else { throw IOFailure(code: result) }
    id = process
  }

  /// Sends it a signal.
  package func send(_ kind: Signals.Kind) { kill(id, kind.number) }

  /// Waits until it has ended, on a thread of its own.
  ///
  /// - Returns: The exit code, or 128 and the signal's number as shells say it.
  package func status() async -> Int32 {
    await withCheckedContinuation { continuation in
      let isStarted = HelperThread.start { continuation.resume(returning: wait()) }
      if !isStarted { continuation.resume(returning: wait()) }
    }
  }

  private func wait() -> Int32 {
    var status: Int32 = 0
    // SAFETY: the system fills one integer, which outlives the call.
    while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
