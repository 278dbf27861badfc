import Glibc
import Synchronization

/// A readable clock: the time since 1970, never going backwards.
package struct EmulatorClock: Sendable {
  /// The time since 1970-01-01T00:00:00Z.
  package let now: @Sendable () -> Duration

  /// A clock that reads the given closure.
  ///
  /// - Parameter now: Returns the time since 1970; called from any thread.
  package init(now: @escaping @Sendable () -> Duration) {
    self.now = now
  }

  /// The wall clock of the moment of the first reading, carried on by the monotonic clock, so that a
  /// clock that is set back does not prolong the race.
  package static let system: EmulatorClock = {
    let start = ContinuousClock.now
    let wall = Duration.seconds(time(nil))
    return EmulatorClock { wall + (ContinuousClock.now - start) }
  }()
}

/// A clock that stands still until a test moves it.
package final class StandingClock: Sendable {
  private let reading: Mutex<Duration>

  /// A clock that stands at the given time.
  ///
  /// - Parameter start: The time since 1970; the default lies in 2026.
  package init(at start: Duration = .seconds(1_790_000_000)) {
    reading = Mutex(start)
  }

  /// The clock to put into the options.
  package var clock: EmulatorClock {
    EmulatorClock { self.reading.withLock { $0 } }
  }

  /// Moves the clock forward.
  ///
  /// - Parameter interval: How far; must not be negative.
  package func advance(by interval: Duration) {
    reading.withLock { $0 += interval }
  }
}
