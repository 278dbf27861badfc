import Synchronization
import TransportHost
import UpstreamEmulator

/// A clock that a host and its emulators share, and that moves only while every worker sleeps.
///
/// Work then takes no time at all, so that no race is won by a slow machine: whoever does not wait
/// finds stored state as young as it can be.
final class VirtualClock: HostClock {
  private struct Sleeper {
    let id: Int
    let wake: Duration
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now = Duration.zero
    var workers: Int
    var sleepers: [Sleeper] = []
    var lastID = 0
    var cancelled: Set<Int> = []

    /// Those whose time has come, once nobody works any more.
    mutating func takeDue() -> [Sleeper] {
      guard sleepers.count >= workers, let next = sleepers.map(\.wake).min() else { return [] }
      now = max(now, next)
      let (due, rest) = (sleepers.filter { $0.wake <= now }, sleepers.filter { $0.wake > now })
      sleepers = rest
      return due
    }
  }

  private let state: Mutex<State>

  private let start: Duration

  /// - Parameters:
  ///   - workers: How many tasks work and sleep on it.
  ///   - start: The time since 1970 at which it starts.
  init(workers: Int = 1, start: Duration = .seconds(1_790_000_000)) {
    state = Mutex(State(workers: workers))
    self.start = start
  }

  var now: Duration { state.withLock(\.now) }
  var unixTime: Duration { start + now }

  /// The same time, for an emulator.
  var emulatorClock: EmulatorClock { EmulatorClock { self.unixTime } }

  /// How many sleep.
  var sleeperCount: Int { state.withLock(\.sleepers.count) }

  /// A worker is done.
  func workerEnded() {
    wake(
      state.withLock { state in
        state.workers -= 1
        return state.takeDue()
      })
  }

  /// Moves the clock, as if all had slept.
  func advance(by interval: Duration) { state.withLock { $0.now += interval } }

  func sleep(for duration: Duration) async throws {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        sleep(for: duration, id, continuation)
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func sleep(
    for duration: Duration, _ id: Int, _ continuation: CheckedContinuation<Void, any Error>
  ) {
    let due: [Sleeper]? = state.withLock { state in
      guard state.cancelled.remove(id) == nil else { return nil }
      state.sleepers.append(
        Sleeper(id: id, wake: state.now + duration, continuation: continuation))
      return state.takeDue()
    }
    guard let due else { return continuation.resume(throwing: CancellationError()) }
    wake(due)
  }

  private func cancel(_ id: Int) {
    let sleeper = state.withLock { state -> Sleeper? in
      guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
        state.cancelled.insert(id)
        return nil
      }
      return state.sleepers.remove(at: index)
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }

  private func wake(_ sleepers: [Sleeper]) {
    for sleeper in sleepers { sleeper.continuation.resume() }
  }
}
