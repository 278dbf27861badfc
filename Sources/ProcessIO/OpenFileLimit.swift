internal import Glibc

/// How many files and connections this process may have open.
package struct OpenFileLimit: Sendable, Hashable {
  /// The limit that holds.
  package let current: Int
  /// How far the process may raise it itself.
  package let maximum: Int

  /// The limit of this process; nil where the system does not say.
  package static var own: OpenFileLimit? {
    var limit = rlimit()
    // SAFETY: the system fills one rlimit, which outlives the call.
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return nil
    }
    return OpenFileLimit(
      current: Int(clamping: limit.rlim_cur), maximum: Int(clamping: limit.rlim_max))
  }

  /// Allows this process as many as it may have: the usual limit ends at a thousand.
  package static func raise() {
    var limit = rlimit()
    // SAFETY: the system reads and fills one rlimit, which outlives the calls.
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
