internal import Glibc

/// Tells a host the time and waits for it, so that tests can do both without waiting.
package protocol HostClock: Sendable {
  /// The time since an origin of the clock's own; it never goes back.
  var now: Duration { get }
  /// The time since 1970, as the system believes it to be; it may jump.
  var unixTime: Duration { get }
  /// Waits; returns early, throwing, when the task is cancelled.
  ///
  /// - Throws: `CancellationError`.
  func sleep(for duration: Duration) async throws
}

/// The clocks of the system.
package struct SystemHostClock: HostClock {
  /// The clocks of the system; all instances are alike.
  package init() {}

  /// The time since the system was started, sleep included.
  package var now: Duration { Self.read(CLOCK_BOOTTIME) }
  /// The time since 1970.
  package var unixTime: Duration { Self.read(CLOCK_REALTIME) }

  /// Waits on the continuous clock.
  ///
  /// - Throws: `CancellationError`.
  package func sleep(for duration: Duration) async throws {
    try await Task.sleep(for: duration, clock: .continuous)
  }

  private static func read(_ clock: clockid_t) -> Duration {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
