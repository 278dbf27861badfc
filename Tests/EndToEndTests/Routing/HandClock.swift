import Synchronization
import TransportHost
import UpstreamEmulator

/// A clock that a test moves: who sleeps wakes when it was moved far enough.
final class HandClock: HostClock {
  private struct State {
    var now = Duration.zero
    var sleepers: [Int: (wake: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
    var lastID = 0
    var cancelled: Set<Int> = []
  }

  private let state = Mutex(State())

  var now: Duration { state.withLock(\.now) }
  var unixTime: Duration { .seconds(1_790_000_000) + now }

  /// The same time, for an emulator.
  var emulatorClock: EmulatorClock { EmulatorClock { self.unixTime } }

  /// How many sleep.
  var sleeperCount: Int { state.withLock(\.sleepers.count) }

  /// When the next sleeper is to wake; nil: nobody sleeps.
  var nextWake: Duration? { state.withLock { $0.sleepers.values.map(\.wake).min() } }

  /// Moves it, and wakes whose time has come.
  func advance(by interval: Duration) {
    let due = state.withLock { state in
      state.now += interval
      let due = state.sleepers.filter { $0.value.wake <= state.now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.wake < $1.wake }.map(\.continuation)
    }
    for continuation in due { continuation.resume() }
  }

  func sleep(for duration: Duration) async throws {
    guard duration > .zero else { return try Task.checkCancellation() }
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let sleeps = state.withLock { state in
          guard state.cancelled.remove(id) == nil else { return false }
          state.sleepers[id] = (state.now + duration, continuation)
          return true
        }
        if !sleeps { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }
}
