internal import CurlHTTP
internal import Synchronization

/// Ends an exchange that says nothing while half a report of a failure waits for the other half.
struct HoldTimer {
  private let fired = FiredFlag()
  private let task: Task<Void, Never>

  init(_ http: HTTPExchange, _ wait: Duration) {
    let fired = fired
    task = Task {
      guard (try? await Task.sleep(for: wait, clock: .continuous)) != nil else { return }
      fired.set()
      http.cancel()
    }
  }

  /// Whether the time has passed.
  var hasFired: Bool { fired.isSet }

  func stop() { task.cancel() }
}

final class FiredFlag: Sendable {
  private let flag = Atomic(false)
  var isSet: Bool { flag.load(ordering: .acquiring) }
  func set() { flag.store(true, ordering: .releasing) }
}

/// The time for which the beginning of an answer is held back.
struct HoldWindow {
  private let over = FiredFlag()
  private let task: Task<Void, Never>

  /// Begins; at its end whoever waits for bytes goes on without.
  init(_ http: HTTPExchange, _ length: Duration, clock: any HostClock) {
    let over = over
    task = Task {
      guard (try? await clock.sleep(for: length)) != nil else { return }
      over.set()
      http.nudge()
    }
  }

  /// Whether the time has passed.
  var isOver: Bool { over.isSet }

  func stop() { task.cancel() }
}
