internal import Glibc

/// This process and what it can become.
package enum Program {
  /// The value of an environment variable, or nil when it is not set.
  package static func environment(_ name: String) -> String? {
    // SAFETY: nothing in this process changes the environment; the value is copied at once.
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// The directory of the running program, links resolved; nil where the system does not say.
  package static var directory: String? {
    // SAFETY: realpath allocates with malloc; the copy is made before it is freed.
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(path) }
    let program = unsafe String(cString: path)
    return program.lastIndex(of: "/").map { String(program[..<$0]) }
  }

  /// Ends this process.
  package static func end(with status: Int32) -> Never { exit(status) }

  /// Becomes another program; descriptors, environment and process id stay.
  ///
  /// - Parameters:
  ///   - path: Absolute; it is not searched.
  ///   - arguments: With the program's name as the first.
  /// - Returns: Why it did not work; on success the call does not return.
  package static func become(_ path: String, _ arguments: [String]) -> IOFailure {
    // SAFETY: each copy is NUL-terminated and freed when execv failed; the list ends with nil.
    var list = unsafe arguments.map { unsafe strdup($0) }
    defer { unsafe list.forEach { unsafe free($0) } }
    unsafe list.append(nil)
    unsafe execv(path, list)
    return .last
  }
}
