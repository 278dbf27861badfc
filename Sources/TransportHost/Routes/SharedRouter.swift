internal import Routing
internal import Synchronization

/// The one router of a host, and the calls that wait for it.
final class SharedRouter: Sendable {
  private struct State {
    var router: Router
    var waiting: [Int: @Sendable () -> Void] = [:]
    var lastWaiter = 0
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
  /// - Parameter event: The event: the router, the time, and random numbers for it.
  /// - Returns: What it returns.
  func decide<Result>(
    _ event: (inout Router, Duration, inout SystemRandomNumberGenerator) -> Result
  ) -> Result {
    var random = SystemRandomNumberGenerator()
    let (result, woken): (Result, [@Sendable () -> Void]) = state.withLock { state in
      // Read here, so that the router's time never goes back.
      let now = clock.now
      let endings = state.router.endings
      let result = event(&state.router, now, &random)
      guard state.router.endings != endings, !state.waiting.isEmpty else { return (result, []) }
      // What ended may make room for any of them; those it does not suit wait on.
      defer { state.waiting.removeAll() }
      return (result, Array(state.waiting.values))
    }
    for wake in woken { wake() }
    return result
  }

  /// The router as it is now, to try on what a call would do.
  var copy: Router { state.withLock(\.router) }

  /// Waits until somebody may be given more, or for so long.
  ///
  /// - Parameters:
  ///   - endings: `Router.endings` at the decision to wait.
  ///   - length: The longest wait.
  /// - Throws: `CancellationError` when the task is cancelled.
  func waitForCapacity(since endings: Int, atMost length: Duration) async throws {
    let sleeper = Task { [clock] in _ = try? await clock.sleep(for: length) }
    let number: Int? = state.withLock { state in
      guard state.router.endings == endings else { return nil }
      state.lastWaiter += 1
      state.waiting[state.lastWaiter] = { sleeper.cancel() }
      return state.lastWaiter
    }
    guard let number else { return sleeper.cancel() }
    await withTaskCancellationHandler {
      await sleeper.value
    } onCancel: {
      sleeper.cancel()
    }
    state.withLock { $0.waiting[number] = nil }
    try Task.checkCancellation()
  }
}
