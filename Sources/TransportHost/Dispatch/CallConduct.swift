internal import Routing

/// The machine of one call, beside the router that it shares with others.
///
/// It passes from the loop that makes the attempts to the events of the answer: whoever has it tells it
/// what happened, and it is told that the call is over when nobody has it any more.
final class CallConduct {
  /// When it began, on the host's clock.
  let began: Duration
  /// When it must have ended; nil: never.
  let deadline: Duration?
  private var machine: CallMachine
  private let router: SharedRouter
  /// Its place among those who wait for room; nil: it did not wait since its last attempt.
  private var ticket: Int?

  init(
    _ machine: CallMachine, _ router: SharedRouter, began: Duration, deadline: Duration?
  ) {
    self.machine = machine
    self.began = began
    self.deadline = deadline
    self.router = router
  }

  deinit { end() }

  /// How many attempts were begun.
  var attempts: Int { machine.attempts }

  /// The waits for stored state at the target that was asked last.
  var ladder: RaceLadder { machine.ladder }

  /// Begins.
  func start() -> CallMachine.Action {
    tell { $0.start(router: &$1, at: $2, random: &$3) }
  }

  /// An attempt failed before any part of an answer was there.
  func failed(_ failure: CallFailure, amendments: [String]) -> CallMachine.Action {
    tell { $0.failed(failure, amendments: amendments, router: &$1, at: $2, random: &$3) }
  }

  /// The request or the token was mended.
  func mended() -> CallMachine.Action {
    tell { $0.mended(router: &$1, at: $2, random: &$3) }
  }

  /// What should have been mended is as it was.
  func mendingChangedNothing() -> CallMachine.Action {
    tell { $0.mendingChangedNothing(router: &$1, at: $2, random: &$3) }
  }

  /// The token could not be renewed.
  func mendingFailed(_ failure: CallFailure) -> CallMachine.Action {
    tell { $0.mendingFailed(failure, router: &$1, at: $2, random: &$3) }
  }

  /// Lets a pause pass.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  func pass(_ pause: CallPause, clock: any HostClock) async throws -> CallMachine.Action {
    guard pause.purpose == .capacity else {
      try await clock.sleep(for: pause.length)
      return tell { $0.waited(router: &$1, at: $2, random: &$3) }
    }
    let waiting = machine
    ticket = try await router.waitForCapacity(ticket, atMost: pause.length) {
      waiting.hasRoom(in: $0, at: $1)
    }
    let action = tell(hasWaited: true) { $0.waited(router: &$1, at: $2, random: &$3) }
    if case .send = action { ticket = nil }
    return action
  }

  /// Part of an answer is there.
  func answered() { tell { machine, router, now, _ in machine.answered(router: &router, at: now) } }

  /// The answer is over.
  func finished(_ failure: CallFailure?, tokens: Int?) {
    tell { machine, router, now, _ in
      machine.finished(failure, tokens: tokens, router: &router, at: now)
    }
  }

  /// The answer broke, and its rest can be had.
  func broke(_ failure: CallFailure) -> CallMachine.Action {
    tell { $0.broke(failure, router: &$1, at: $2, random: &$3) }
  }

  private func end() {
    guard !machine.isEnded else { return }
    tell { machine, router, now, _ in machine.cancelled(router: &router, at: now) }
  }

  private func tell<Result>(
    hasWaited: Bool = false,
    _ event: (
      inout CallMachine, inout Router, Duration, inout SystemRandomNumberGenerator
    ) -> Result
  ) -> Result {
    router.decide(hasWaited: hasWaited) { event(&machine, &$0, $1, &$2) }
  }
}
