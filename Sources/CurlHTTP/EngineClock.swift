import Glibc

/// A place in time, in nanoseconds since the engine started.
///
/// `never` is the latest.
typealias EngineTime = Int64

extension EngineTime {
  static var never: EngineTime { .max }
}

/// Turns the continuous clock's instants into numbers and back, so that the loop compares integers.
struct EngineClock: Sendable {
  private let epoch = ContinuousClock.now
  private let start = Self.nanosecondsSinceBoot

  var now: EngineTime { Self.nanosecondsSinceBoot - start }

  /// The reading of `ContinuousClock` on Linux, without its 128-bit arithmetic.
  private static var nanosecondsSinceBoot: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  func time(of instant: ContinuousClock.Instant) -> EngineTime { (instant - epoch).nanoseconds }

  func instant(at time: EngineTime) -> ContinuousClock.Instant {
    epoch.advanced(by: .nanoseconds(time))
  }
}

extension Duration {
  /// This duration in nanoseconds; beyond 146 years the nearest that an `Int64` can add to a time.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let limit: Int64 = .max / 2
    guard abs(seconds) < limit / 1_000_000_000 else { return seconds < 0 ? -limit : limit }
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
