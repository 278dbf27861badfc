import Glibc

/// How many connections the system lets this program hold.
enum DescriptorLimit {
  /// Asks for as many as the hard limit allows: the usual soft limit ends at a thousand.
  static func raise() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
