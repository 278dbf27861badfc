internal import Glibc

/// One run of a program, on the thread that waits for it.
struct HelperRun {
  private let program: HelperProgram
  private let stop: WakePipe
  private let process: pid_t
  private let deadline: ContinuousClock.Instant
  private var output: Source
  private var errors: Source
  /// The exit code once it has ended.
  private var status: Int32?
  /// Until when outputs are read that somebody else still holds.
  private var patience: ContinuousClock.Instant?

  /// How long outputs are read after the program's end, where a program that it left behind holds them.
  ///
  /// Source: our choice; a pipe's last words take milliseconds.
  private static let grace = Duration.seconds(1)

  /// One of the program's two outputs.
  private struct Source {
    /// nil after its end.
    var descriptor: OwnedDescriptor?
    var bytes: [UInt8] = []
  }

  /// Starts the program.
  init(_ program: HelperProgram, stop: WakePipe) throws(HelperFailure) {
    self.program = program
    self.stop = stop
    deadline = .now + program.timeout
    do throws(IOFailure) {
      let (output, outputEnd) = try OwnedDescriptor.pipe()
      let (errors, errorsEnd) = try OwnedDescriptor.pipe()
      process = try spawn(
        program.words, variables: program.variables, output: outputEnd, errors: errorsEnd)
      (self.output, self.errors) = (Source(descriptor: output), Source(descriptor: errors))
    } catch {
      throw .notStarted(error)
    }
  }

  /// Reads until both outputs have ended, or the program has and nobody speaks for it; then waits for it.
  consuming func finish() throws(HelperFailure) -> HelperProgram.Outcome {
    do {
      while output.descriptor != nil || errors.descriptor != nil {
        if let patience, ContinuousClock.now >= patience { break }
        try read()
      }
      return HelperProgram.Outcome(
        status: try end(), output: output.bytes, errors: errors.bytes)
    } catch {
      stopProgram()
      throw error
    }
  }

  private func stopProgram() {
    // Not reaped yet: the number still is this program's, and so is its group's.
    guard status == nil else { return }
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// Waits for output for a moment and takes it.
  private mutating func read() throws(HelperFailure) {
    let ready = try wait(
      for: [output.descriptor, errors.descriptor], atMost: .milliseconds(50))
    if !ready.contains(true), patience == nil, reap() != nil { patience = .now + Self.grace }
    if ready[0] {
      let bytes = output.descriptor?.read() ?? []
      if bytes.isEmpty { output.descriptor = nil }
      output.bytes += bytes
      guard output.bytes.count <= program.outputLimit else { throw .outputTooLarge }
    }
    if ready[1] {
      let bytes = errors.descriptor?.read() ?? []
      if bytes.isEmpty { errors.descriptor = nil }
      errors.bytes += bytes.prefix(program.errorLimit - errors.bytes.count)
    }
  }

  /// The exit code of a program that has closed its outputs, which mostly is its end.
  private mutating func end() throws(HelperFailure) -> Int32 {
    var pause = Duration.milliseconds(1)
    while true {
      if let status = reap() { return status }
      _ = try wait(for: [], atMost: pause)
      pause = min(pause * 2, .milliseconds(50))
    }
  }

  /// The exit code; nil: it has not ended.
  private mutating func reap() -> Int32? {
    guard status == nil else { return status }
    var raw: Int32 = 0
    // SAFETY: the system fills the status, which outlives the call.
    let ended = unsafe waitpid(process, &raw, WNOHANG)
    if ended == process {
      let signal = raw & 0x7F
      status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
    } else if ended < 0, errno == ECHILD {
      // A process that ignores SIGCHLD is not told how its children ended; what they printed counts.
      status = 0
    }
    return status
  }

  /// Waits until a descriptor can be read, or for a pause.
  ///
  /// - Returns: For each descriptor whether it can be read.
  /// - Throws: `timedOut` or `cancelled`.
  private func wait(
    for descriptors: [OwnedDescriptor?], atMost pause: Duration
  ) throws(HelperFailure) -> [Bool] {
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else { throw .timedOut(output: output.bytes, errors: errors.bytes) }
    // A negative number is ignored.
    var polled = ([stop.reading] + descriptors).map {
      pollfd(fd: $0?.number ?? -1, events: Int16(POLLIN), revents: 0)
    }
    let time = min(left, pause)
    let (seconds, attoseconds) = time.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
    // SAFETY: the array has as many elements as are passed.
    _ = unsafe poll(&polled, nfds_t(polled.count), Int32(clamping: milliseconds))
    guard polled[0].revents == 0 else { throw .cancelled }
    return polled.dropFirst().map { $0.revents != 0 }
  }
}

/// Starts a program as the leader of a group of its own.
private func spawn(
  _ words: [String], variables: [(name: String, value: String)], output: OwnedDescriptor,
  errors: OwnedDescriptor
) throws(IOFailure) -> pid_t {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  unsafe posix_spawn_file_actions_adddup2(&actions, output.number, 1)
  unsafe posix_spawn_file_actions_adddup2(&actions, errors.number, 2)
  unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
  var attributes = posix_spawnattr_t()
  unsafe posix_spawnattr_init(&attributes)
  defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe posix_spawnattr_setsigmask(&attributes, &signals)
  for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
    unsafe sigaddset(&signals, signal)
  }
  unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
  unsafe posix_spawnattr_setpgroup(&attributes, 0)
  unsafe posix_spawnattr_setflags(
    &attributes,
    Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  var process = pid_t()
  let code = unsafe withCStrings(words) { arguments in
    unsafe withCStrings(environment(adding: variables)) { environment in
      // The descriptors stay open until the program has its copies.
      withExtendedLifetime((output, errors)) {
        unsafe posix_spawnp(
          &process, words.first ?? "", &actions, &attributes, arguments, environment)
      }
    }
  }
  guard code == 0 else { throw IOFailure(code: code) }
  return process
}
