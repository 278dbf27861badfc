internal import Synchronization

/// One token for all calls that need it: many wait for one run.
final class TokenCell: Sendable {
  /// Asks the source for a token.
  typealias Source = @Sendable () async throws(CallError) -> IssuedToken
  private typealias Waiter = CheckedContinuation<Result<HeldToken, CallError>, Never>

  private struct State: Sendable {
    var slot = TokenSlot()
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
    /// Counts runs, so that one that was ended cannot speak for its successor.
    var run = 0
    var task: Task<Void, Never>?
    /// Whether the run goes on without anybody waiting.
    var isUnattended = false
  }

  private let state = Mutex(State())
  private let clock: any HostClock
  private let source: Source

  init(clock: any HostClock, source: @escaping Source) {
    self.clock = clock
    self.source = source
  }

  /// How many callers wait for a run; for tests.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// A token that is good now.
  ///
  /// - Parameter refused: The number of the one that was refused to the caller; nil: none.
  /// - Returns: The one in keeping, or a new one.
  /// - Throws: What the source could not do, or `cancelled`. Cancelling one caller does not concern
  ///   the others; the last one's cancellation ends the run.
  func token(replacing refused: Int? = nil) async throws(CallError) -> HeldToken {
    let now = clock.now
    let (answer, waiter) = state.withLock { state in
      let answer = state.slot.asked(at: now, refused: refused)
      switch answer {
      case .use, .fail: break
      case .useAndRenew: start(&state, isUnattended: true)
      case .run: start(&state, isUnattended: false)
      case .wait: break
      }
      state.nextWaiter += 1
      return (answer, state.nextWaiter)
    }
    switch answer {
    case .use(let held), .useAndRenew(let held): return held
    case .fail(let error): throw error
    case .run, .wait: return try await wait(as: waiter).get()
    }
  }

  private func start(_ state: inout State, isUnattended: Bool) {
    state.run += 1
    state.isUnattended = isUnattended
    let run = state.run
    state.task = Task { [self] in
      do throws(CallError) { finish(run, .success(try await source())) } catch {
        finish(run, .failure(error))
      }
    }
  }

  private func finish(_ run: Int, _ result: Result<IssuedToken, CallError>) {
    let now = clock.now
    let jitter = Double.random(in: 0...1)
    let (waiters, outcome) = state.withLock { state -> ([Waiter], Result<HeldToken, CallError>?) in
      guard state.run == run, state.task != nil else { return ([], nil) }
      let outcome = result.map { state.slot.obtained($0, at: now, jitter: jitter) }
      if case .failure(let error) = outcome { state.slot.failed(error, at: now) }
      defer { (state.task, state.waiters) = (nil, [:]) }
      return (Array(state.waiters.values), outcome)
    }
    guard let outcome else { return }
    for waiter in waiters { waiter.resume(returning: outcome) }
  }
}

// MARK: - Waiting

extension TokenCell {
  private func wait(as number: Int) async -> Result<HeldToken, CallError> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in enter(waiter, as: number) }
    } onCancel: {
      leave(number)
    }
  }

  /// Adds a waiter, unless what it waits for has ended since it asked.
  private func enter(_ waiter: Waiter, as number: Int) {
    let now = clock.now
    let answer: Result<HeldToken, CallError>? = state.withLock { state in
      // The cancellation may have come before there was anybody to wake.
      guard !Task.isCancelled else {
        endIfUnwanted(&state)
        return .failure(.credentialCancelled)
      }
      if state.task == nil {
        switch state.slot.asked(at: now) {
        case .use(let held): return .success(held)
        case .useAndRenew(let held):
          start(&state, isUnattended: true)
          return .success(held)
        case .fail(let error): return .failure(error)
        case .run, .wait: start(&state, isUnattended: false)
        }
      }
      state.waiters[number] = waiter
      return nil
    }
    if let answer { waiter.resume(returning: answer) }
  }

  private func leave(_ number: Int) {
    let waiter = state.withLock { state -> Waiter? in
      guard let waiter = state.waiters.removeValue(forKey: number) else { return nil }
      endIfUnwanted(&state)
      return waiter
    }
    waiter?.resume(returning: .failure(.credentialCancelled))
  }

  private func endIfUnwanted(_ state: inout State) {
    guard state.waiters.isEmpty, !state.isUnattended, let task = state.task else { return }
    task.cancel()
    state.task = nil
    state.slot.cancelled()
  }
}

extension CallError {
  /// The caller gave up while a credential was obtained.
  static let credentialCancelled = CallError(
    .cancelled, "the call was cancelled while its credential was obtained")
}
