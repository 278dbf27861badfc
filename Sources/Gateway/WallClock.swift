internal import Glibc

/// The time of the world.
enum WallClock {
  /// Seconds since 1970.
  @Sendable static func seconds() -> Int64 { Int64(time(nil)) }

  /// Milliseconds since 1970.
  @Sendable static func milliseconds() -> Int64 {
    var now = timespec()
    // SAFETY: the system fills one timespec, which outlives the call.
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }
}
