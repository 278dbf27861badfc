import Foundation

extension ChildProcess {
  /// The processor time of all its threads so far, user and system, in seconds; 0 once it has ended.
  package var processorTime: Double {
    var clock = clockid_t()
    var time = timespec()
    // SAFETY: each call fills the one variable that it is given.
    guard unsafe clock_getcpuclockid(identifier, &clock) == 0,
      unsafe clock_gettime(clock, &time) == 0
    else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// How much memory it has that is in use, its programs and libraries included, in bytes; 0 once it
  /// has ended.
  package var residentBytes: Int {
    let text = try? String(contentsOfFile: "/proc/\(identifier)/statm", encoding: .utf8)
    let pages = text?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return (pages ?? 0) * sysconf(Int32(_SC_PAGESIZE))
  }
}
