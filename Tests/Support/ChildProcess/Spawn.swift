import Foundation

/// Starts a program with these descriptors as its standard ones, every signal as at its birth, and
/// no other descriptor.
///
/// - Parameters:
///   - program: The file, or a name that is looked up in `PATH`.
///   - arguments: Those behind the name.
///   - directory: Where it runs; nil: here.
///   - environment: All of its variables; nil: those of this process.
///   - streams: Its standard input, output and error.
/// - Returns: The process's number.
/// - Throws: When it cannot be started.
func spawn(
  _ program: String, _ arguments: [String], in directory: String?, environment: [String: String]?,
  streams: [Descriptor]
) throws(ChildProcessFailure) -> pid_t {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
  for (number, stream) in streams.enumerated() {
    unsafe posix_spawn_file_actions_adddup2(&actions, stream.number, Int32(number))
  }
  unsafe posix_spawn_file_actions_addclosefrom_np(&actions, Int32(streams.count))
  if let directory { unsafe posix_spawn_file_actions_addchdir_np(&actions, directory) }

  var attributes = posix_spawnattr_t()
  unsafe posix_spawnattr_init(&attributes)
  defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
  resetSignals(&attributes)

  let variables = environment.map { $0.map { "\($0)=\($1)" } }
  var identifier = pid_t()
  let code = unsafe withCStrings([program] + arguments) { words in
    unsafe withCStrings(variables ?? []) { own in
      // The descriptors stay open until the child has its copies.
      withExtendedLifetime(streams) {
        unsafe posix_spawnp(
          &identifier, program, &actions, &attributes, words, variables == nil ? environ : own)
      }
    }
  }
  guard code == 0 else { throw ChildProcessFailure("\(program) cannot be started: errno \(code)") }
  return identifier
}

/// Has a program start with no signal blocked, and with those that end it doing so: the signals that
/// this process ignores or blocks would stay so.
private func resetSignals(_ attributes: inout posix_spawnattr_t) {
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe posix_spawnattr_setsigmask(&attributes, &signals)
  for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
  unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
  unsafe posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
}

private func withCStrings<R>(
  _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
) -> R {
  // SAFETY: the copies live until the closure has returned.
  var copies = unsafe words.map { unsafe strdup($0) } + [nil]
  defer { for index in words.indices { unsafe free(copies[index]) } }
  return unsafe body(&copies)
}
