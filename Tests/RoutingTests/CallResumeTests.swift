import Testing

@testable import Routing

@Suite struct `A call whose answer breaks` {
  private let stage = Stage()

  private func plan(
    limits: (inout CapacityLimits) -> Void = { _ in },
    retry: (inout RetryPolicy) -> Void = { _ in }
  ) -> RoutePlan {
    stage.plan("m", [stage.target("a", limits: limits, retry: retry), stage.target("b")]) {
      $0.any = ["d"]
    }
  }

  private func answeredCall(
    to plan: RoutePlan, within time: Duration? = nil
  ) -> StagedCall {
    stage.plan("d", [stage.target("d")])
    let call = stage.call(to: plan, within: time)
    _ = call.start()
    call.answers()
    return call
  }

  @Test func `ends with it, and blames who broke it`() {
    let target = stage.target("a", cooldown: { $0.failures = 1 })
    let call = answeredCall(to: stage.plan("m", [target]))
    call.finishes(CallFailure(.idle, blaming: .endpoint))
    #expect(call.machine.isEnded && call.machine.lastFailure?.cause == .idle)
    #expect(stage.router.standing(of: target, for: CallTraits(), at: stage.now) != .free)
    #expect(stage.router.running(at: target) == 0)
  }

  @Test func `is left alone where its answers always begin and always break`() {
    let plan = stage.plan("m", [stage.target("a"), stage.target("b")])
    for _ in 0..<3 { answeredCall(to: plan).finishes(CallFailure(.stream, blaming: .endpoint)) }
    #expect(stage.call(to: plan).run() == "b")
  }

  @Test func `is not left alone where answers are whole in between`() {
    let plan = stage.plan("m", [stage.target("a"), stage.target("b")])
    for _ in 0..<9 {
      answeredCall(to: plan).finishes(CallFailure(.stream, blaming: .endpoint))
      answeredCall(to: plan).finishes(CallFailure(.stream, blaming: .endpoint))
      #expect(stage.call(to: plan).run() == "a")
    }
  }

  @Test func `has the rest from the same target, so often as it may be tried again`() {
    let call = answeredCall(to: plan())
    #expect(call.breaks() == .waits(.milliseconds(250), .backoff))
    #expect(call.waited(.milliseconds(250)) == .asks("a", .resumed))
    #expect(call.fails(.connect, .network) == .waits(.milliseconds(500), .backoff))
    #expect(call.waited(.milliseconds(500)) == .asks("a", .resumed))
    call.answers()
    #expect(call.breaks() == .ends(.failed(.asReported)))
    #expect(call.machine.attempts == 3)
  }

  @Test(arguments: FailureCause.allCases) func `is never moved`(cause: FailureCause) {
    for scope in FailureScope.allCases {
      for isBreak in [true, false] {
        let plan = plan()
        let call = answeredCall(to: plan)
        if !isBreak {
          guard case .waits(let length, _) = call.breaks() else {
            Issue.record("is not resumed")
            return
          }
          #expect(call.waited(length) == .asks("a", .resumed))
        }
        switch isBreak ? call.breaks(cause, scope) : call.fails(cause, scope) {
        case .waits(let length, _): #expect(call.waited(length) == .asks("a", .resumed))
        case let action: #expect(action == .ends(.failed(.asReported)))
        }
        call.isCancelled()
        stage.now += .seconds(700)
      }
    }
  }

  @Test(
    arguments: [
      (.stream, .unsaid, nil, true), (.stream, .no, nil, false), (.overload, .yes, 7, true),
      (.overload, .yes, 21, false), (.request, .yes, nil, false),
      (.contentFilter, .yes, nil, false),
    ] as [(FailureCause, CallFailure.Hint, Int?, Bool)])
  func `is resumed where that may help`(
    cause: FailureCause, hint: CallFailure.Hint, seconds: Int?, isResumed: Bool
  ) {
    let call = answeredCall(to: plan())
    let action = call.breaks(cause, hint: hint, retryAfter: seconds.map { .seconds($0) })
    guard isResumed else { return #expect(action == .ends(.failed(.asReported))) }
    let wait = seconds.map { Duration.seconds($0) }
    #expect(action == .waits(wait ?? .milliseconds(250), wait == nil ? .backoff : .retryAfter))
  }

  @Test func `is not resumed past the budget, the deadline or what the request allows`() {
    let late = answeredCall(to: plan(), within: .seconds(10))
    stage.now += .seconds(9.75)
    #expect(late.breaks() == .ends(.failed(.asReported)))
    let plan = plan(retry: { $0.budget = 0 })
    let calls = (0..<11).map { _ in answeredCall(to: plan) }
    let actions = calls.map { $0.breaks(.stream, .request) }
    #expect(actions.prefix(10).allSatisfy { $0 == .waits(.milliseconds(250), .backoff) })
    #expect(actions.last == .ends(.failed(.asReported)))
  }

  @Test func `is resumed although its target is left alone, but not past its limits`() {
    let plan = plan(limits: { $0.concurrency = 1 })
    let call = answeredCall(to: plan)
    #expect(
      call.breaks(.idle, .endpoint, retryAfter: .seconds(1)) == .waits(.seconds(1), .retryAfter))
    stage.now += .seconds(1)
    let other = stage.call(to: plan)
    #expect(other.start() == .asks("a", .strategy(.priority)))
    #expect(call.waited(.zero) == .waits(.seconds(20), .capacity))
    other.isCancelled()
    #expect(call.waited(.seconds(3)) == .asks("a", .resumed))
  }

  @Test func `ends where its target has no room in time, and asks nobody else`() {
    let plan = plan(limits: { $0.concurrency = 1 })
    let call = answeredCall(to: plan)
    _ = call.breaks()
    _ = stage.call(to: plan).start()
    #expect(call.waited(.milliseconds(250)) == .waits(.seconds(20), .capacity))
    #expect(call.waited(.seconds(20)) == .ends(.failed(.asReported)))
  }

  @Test func `is resumed with another token where the first one ended meanwhile`() {
    let call = answeredCall(to: plan())
    _ = (call.breaks(), call.waited(.milliseconds(250)))
    let refused = FailedAttempt(.credentialRefused, credential: .token(scope: ""))
    #expect(call.fails(.credential, .credential, mending: refused) == .mends(.refreshToken))
    #expect(call.mended() == .asks("a", .mended))
    call.answers()
    call.finishes()
    #expect(call.machine.isEnded)
  }
}
