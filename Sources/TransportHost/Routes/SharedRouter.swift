internal import Routing
internal import Synchronization

/// The one router of a host, and the calls that wait for it.
final class SharedRouter: Sendable {
  private struct State {
    var router: Router
    var waiting = CapacityQueue()
  }

  private let clock: any HostClock
  private let state: Mutex<State>

  init(clock: any HostClock, router: Router = Router()) {
    self.clock = clock
    state = Mutex(State(router: router))
  }

  /// Where the load of a target is counted.
  func load(of target: String) -> Int { state.withLock { $0.router.load(of: target) } }

  /// Where the turns of a model's targets are counted.
  func rotation(of model: String, targets: Int) -> Int {
    state.withLock { $0.router.rotation(of: model, targets: targets) }
  }

  /// Where the retries of a provider are counted.
  func budget(of provider: String) -> Int { state.withLock { $0.router.budget(of: provider) } }

  /// Tells a call's machine what happened, and the router with it.
  ///
  /// - Parameters:
  ///   - hasWaited: Whether the call was woken for room that it may not have taken.
  ///   - event: The event: the router, the time, and random numbers for it.
  /// - Returns: What it returns.
  func decide<Result>(
    hasWaited: Bool = false,
    _ event: (inout Router, Duration, inout SystemRandomNumberGenerator) -> Result
  ) -> Result {
    var random = SystemRandomNumberGenerator()
    let (result, wake): (Result, CapacityQueue.Wake?) = state.withLock { state in
      // Read here, so that the router's time never goes back.
      let now = clock.now
      let releases = state.router.releases
      let result = event(&state.router, now, &random)
      guard hasWaited || state.router.releases != releases else { return (result, nil) }
      return (result, state.waiting.next(state.router, at: now))
    }
    wake?()
    return result
  }

  /// The router as it is now, to try on what a call would do.
  var copy: Router { state.withLock(\.router) }

  /// What is under way.
  var holdings: RouterHoldings {
    state.withLock { state in
      RouterHoldings(
        attempts: state.router.running, probes: state.router.probes, waiting: state.waiting.count)
    }
  }

  /// Waits until there is room for a call, or for so long.
  ///
  /// Whoever was given room and does not take it, since it was cancelled or somebody was faster, leaves
  /// it to the next.
  ///
  /// - Parameters:
  ///   - ticket: The call's place among those who wait; nil: the last.
  ///   - length: The longest wait.
  ///   - hasRoom: Whether there is room for the call.
  /// - Returns: The place, to be kept until the call has room.
  /// - Throws: `CancellationError` when the task is cancelled.
  func waitForCapacity(
    _ ticket: Int?, atMost length: Duration, hasRoom: @escaping CapacityQueue.Check
  ) async throws -> Int? {
    let sleeper = Task { [clock] in _ = try? await clock.sleep(for: length) }
    let place: Int? = state.withLock { state in
      // Something may have ended since the call decided to wait.
      guard !hasRoom(state.router, clock.now) else { return nil }
      return state.waiting.add(ticket, hasRoom: hasRoom) { sleeper.cancel() }
    }
    guard let place else {
      sleeper.cancel()
      return ticket
    }
    await withTaskCancellationHandler {
      await sleeper.value
    } onCancel: {
      sleeper.cancel()
    }
    state.withLock { $0.waiting.remove(place) }
    guard Task.isCancelled else { return place }
    // It may have been woken for room that it does not take.
    decide(hasWaited: true) { _, _, _ in }
    throw CancellationError()
  }
}
