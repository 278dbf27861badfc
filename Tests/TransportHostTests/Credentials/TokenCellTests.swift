import Synchronization
import Testing

@testable import TransportHost

/// A source of tokens that answers when a test lets it.
private final class Gate: Sendable {
  private struct State {
    var asked = 0
    var cancelled = 0
    var pending: [CheckedContinuation<Result<IssuedToken, CallError>, Never>] = []
  }

  private let state = Mutex(State())

  var asked: Int { state.withLock { $0.asked } }
  var cancelled: Int { state.withLock { $0.cancelled } }

  func token() async throws(CallError) -> IssuedToken {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        state.withLock { state in
          state.asked += 1
          state.pending.append(continuation)
        }
      }
    } onCancel: {
      state.withLock { $0.cancelled += 1 }
      answer(.failure(.credentialCancelled))
    }
    return try result.get()
  }

  func answer(_ result: Result<IssuedToken, CallError>) {
    let pending = state.withLock { state in
      defer { state.pending = [] }
      return state.pending
    }
    for continuation in pending { continuation.resume(returning: result) }
  }

  func answer(_ value: String, life: Duration = .seconds(1000)) {
    answer(
      .success(
        IssuedToken(secret: Secret(value, name: "t"), lifetime: life, renewal: nil)))
  }
}

/// Lets other tasks go on until something holds.
func until(_ condition: () -> Bool) async {
  while !condition() { await Task.yield() }
}

@Suite(.timeLimit(.minutes(1))) struct `Calls share one run` {
  private let clock = FakeClock()
  private let gate = Gate()
  private let cell: TokenCell

  init() {
    let gate = gate
    cell = TokenCell(clock: clock) { () async throws(CallError) in try await gate.token() }
  }

  private func start(_ count: Int, replacing refused: Int? = nil) -> [Task<String, any Error>] {
    (0..<count).map { _ in
      Task { try await cell.token(replacing: refused).token.secret.withValue(\.self) }
    }
  }

  @Test func `a token is asked for once by twenty calls`() async throws {
    let calls = start(20)
    await until { cell.waiting == 20 && gate.asked == 1 }
    gate.answer("first")
    for call in calls { #expect(try await call.value == "first") }
    #expect(gate.asked == 1)
  }

  @Test func `twenty calls on an expired token ask once`() async throws {
    try await obtain("old")
    clock.advance(by: .seconds(1000))
    let calls = start(20)
    await until { cell.waiting == 20 && gate.asked == 2 }
    gate.answer("new")
    for call in calls { #expect(try await call.value == "new") }
    #expect(gate.asked == 2)
  }

  @Test func `the old token serves while the renewal runs`() async throws {
    try await obtain("old")
    clock.advance(by: .seconds(850))
    #expect(try await cell.token().token.secret.withValue(\.self) == "old")
    await until { gate.asked == 2 }
    #expect(try await cell.token().token.secret.withValue(\.self) == "old")
    gate.answer("new")
    while try await cell.token().number == 1 { await Task.yield() }
    #expect(try await cell.token().token.secret.withValue(\.self) == "new")
    #expect(gate.asked == 2)
  }

  @Test func `twenty calls whose token was refused ask once`() async throws {
    try await obtain("refused")
    let calls = start(20, replacing: 1)
    await until { cell.waiting == 20 && gate.asked == 2 }
    gate.answer("better")
    for call in calls { #expect(try await call.value == "better") }
    #expect(gate.asked == 2)
  }

  @Test func `a failure is everybody's, and remembered for a second`() async throws {
    let calls = start(3)
    await until { cell.waiting == 3 && gate.asked == 1 }
    gate.answer(.failure(CallError(.auth, "no such tenant")))
    for call in calls {
      let error = await #expect(throws: CallError.self) { try await call.value }
      #expect(error?.message == "no such tenant")
    }
    let error = await #expect(throws: CallError.self) { try await cell.token() }
    #expect(error?.message == "no such tenant")
    #expect(gate.asked == 1)
    clock.advance(by: .seconds(1))
    let again = start(1)
    await until { gate.asked == 2 }
    gate.answer("late")
    #expect(try await again[0].value == "late")
  }

  @Test func `cancelling one waiter leaves the run to the others`() async throws {
    let calls = start(3)
    await until { cell.waiting == 3 && gate.asked == 1 }
    calls[0].cancel()
    let error = await #expect(throws: CallError.self) { try await calls[0].value }
    #expect(error?.code == .cancelled)
    gate.answer("shared")
    #expect(try await calls[1].value == "shared")
    #expect(try await calls[2].value == "shared")
    #expect(gate.asked == 1 && gate.cancelled == 0)
  }

  @Test func `the last waiter's cancellation ends the run, and the next caller starts anew`()
    async throws
  {
    let calls = start(2)
    await until { cell.waiting == 2 && gate.asked == 1 }
    for call in calls { call.cancel() }
    for call in calls { _ = await call.result }
    await until { gate.cancelled == 1 }
    let next = start(1)
    await until { gate.asked == 2 && cell.waiting == 1 }
    gate.answer("fresh")
    #expect(try await next[0].value == "fresh")
  }

  @Test func `a renewal that nobody waits for is ended by nobody`() async throws {
    try await obtain("old")
    clock.advance(by: .seconds(850))
    _ = try await cell.token()
    await until { gate.asked == 2 }
    let call = start(1, replacing: 1)
    await until { cell.waiting == 1 }
    call[0].cancel()
    _ = await call[0].result
    #expect(gate.cancelled == 0)
    gate.answer("new")
    while try await cell.token().number == 1 { await Task.yield() }
  }

  private func obtain(_ value: String) async throws {
    let call = start(1)
    await until { cell.waiting == 1 && gate.asked == 1 }
    gate.answer(value)
    #expect(try await call[0].value == value)
  }
}
