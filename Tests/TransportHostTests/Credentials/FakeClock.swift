import Synchronization
import TransportHost

/// A clock that stands still until a test moves it; whoever waits is let through and moves it.
final class FakeClock: HostClock {
  private let time = Mutex((now: Duration.seconds(1000), waits: [Duration]()))

  var now: Duration { time.withLock { $0.now } }
  var unixTime: Duration { .seconds(1_900_000_000) + now }
  /// What was waited for.
  var waits: [Duration] { time.withLock { $0.waits } }

  func advance(by step: Duration) { time.withLock { $0.now += step } }

  func sleep(for duration: Duration) async throws {
    time.withLock { time in
      time.now += duration
      time.waits.append(duration)
    }
  }
}
