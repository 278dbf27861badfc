#if Gateway
import Foundation
import Synchronization
import TransportHost

/// A clock on which whoever sleeps sleeps until it is cancelled, and that keeps when that was.
final class ParkedClock: HostClock {
  private struct State {
    var sleepers: [Int: CheckedContinuation<Void, any Error>] = [:]
    var cancelled: Set<Int> = []
    var lastID = 0
  }

  private let state = Mutex(State())
  private let system = SystemHostClock()

  /// Signalled when somebody begins to sleep.
  let slept = DispatchSemaphore(value: 0)
  /// Signalled when a sleep was cancelled.
  let woken = DispatchSemaphore(value: 0)

  var now: Duration { system.now }
  var unixTime: Duration { system.unixTime }

  func sleep(for duration: Duration) async throws {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          guard state.cancelled.remove(id) == nil else { return true }
          state.sleepers[id] = continuation
          return false
        }
        if isCancelled { return wake(continuation) }
        slept.signal()
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper
      }
      if let sleeper { wake(sleeper) }
    }
  }

  private func wake(_ sleeper: CheckedContinuation<Void, any Error>) {
    woken.signal()
    sleeper.resume(throwing: CancellationError())
  }
}
#endif
