import Testing

@testable import Routing

@Suite struct `A call whose failure may be mended` {
  private let stage = Stage()
  private let token = FailedAttempt(.credentialRefused, credential: .token(scope: ""))
  private let young = FailedAttempt(
    .stateNotReady, stateAge: .known(.seconds(1)), stateLag: .seconds(60))

  private func plan() -> RoutePlan {
    stage.plan("m", [stage.target("a", cooldown: { $0.failures = 1 }), stage.target("b")])
  }

  @Test func `is sent again with another token, and blames nobody`() {
    let plan = plan()
    let call = stage.call(to: plan)
    _ = call.start()
    #expect(call.fails(.credential, .credential, mending: token) == .mends(.refreshToken))
    #expect(stage.router.running(at: plan.targets[0]) == 1, "its place is kept")
    #expect(call.mended() == .asks("a", .mended))
    #expect(call.machine.attempts == 2 && call.step?.attempt == 2)
    #expect(stage.standings(plan)["a"] == .free)
    #expect(stage.router.running(at: plan.targets[0]) == 1)
  }

  @Test func `leaves a credential without another token for the next one, and blames it`() {
    let plan = plan()
    let call = stage.call(to: plan)
    _ = (call.start(), call.fails(.credential, .credential, mending: token))
    #expect(call.mendingFails(.credential, .credential) == .asks("b", .next))
    #expect(call.machine.lastFailure?.mending == nil)
    #expect(
      stage.standings(plan)["a"]
        == .cooling(.credential, remaining: .seconds(30), isStated: false))
    #expect(stage.router.running == 1)
    _ = call.fails(.credential, .credential, mending: token)
    #expect(call.mendingFails(.credential, .credential) == .ends(.failed(.asReported)))
    #expect(stage.router.running == 0)
    #expect(call.mendingFails(.credential, .credential) == .ends(.failed(.asReported)))
  }

  @Test func `blames the credential where the new token is refused too`() {
    let plan = plan()
    let call = stage.call(to: plan)
    _ = (call.start(), call.fails(.credential, .credential, mending: token), call.mended())
    #expect(call.fails(.credential, .credential, mending: token) == .asks("b", .next))
    #expect(
      stage.standings(plan)["a"]
        == .cooling(.credential, remaining: .seconds(30), isStated: false))
  }

  @Test func `is sent again with an amendment, each once, and the next target has its own`() {
    let call = stage.call(to: plan())
    _ = call.start()
    let first = FailedAttempt(.other, amendment: "x")
    let second = FailedAttempt(.other, amendment: "y")
    #expect(call.fails(.request, .model, mending: first) == .mends(.amend("x")))
    #expect(call.mended() == .asks("a", .mended))
    #expect(call.fails(.request, .model, mending: second) == .mends(.amend("y")))
    #expect(call.mended() == .asks("a", .mended))
    #expect(call.fails(.request, .model, mending: first) == .asks("b", .next))
    #expect(call.fails(.request, .model, mending: first) == .mends(.amend("x")))
  }

  @Test func `is judged by its failure where nothing was changed`() {
    let call = stage.call(to: plan())
    _ = call.start()
    let amendable = FailedAttempt(.other, amendment: "x")
    #expect(call.fails(.request, .request, mending: amendable) == .mends(.amend("x")))
    #expect(call.mendingChangedNothing() == .ends(.failed(.asReported)))
    #expect(stage.router.running(at: plan().targets[0]) == 0)
  }

  @Test func `waits for state that is young, and asks the same target whatever became of it`() {
    let plan = plan()
    let call = stage.call(to: plan)
    let other = stage.call(to: plan) { $0.maxRetries = 0 }
    _ = (call.start(), other.start())
    guard case .waits(let length, .storedState) = call.fails(.state, .request, mending: young)
    else {
      Issue.record("did not wait")
      return
    }
    #expect(length >= .milliseconds(400) && length <= .milliseconds(600))
    #expect(stage.router.running(at: plan.targets[0]) == 1)
    #expect(other.fails(.upstream) == .asks("b", .next))
    #expect(call.waited(length) == .asks("a", .mended))
    #expect(call.machine.ladder.waits == 1)
  }

  @Test(
    arguments: [
      (.known(.seconds(90)), .stateLost), (.deleted, .stateLost), (.unknown, .stateNotReady),
    ] as [(FailedAttempt.StateAge, Recovery.Verdict)])
  func `ends with what became of the state`(
    age: FailedAttempt.StateAge, verdict: Recovery.Verdict
  ) {
    let call = stage.call(to: plan())
    _ = call.start()
    let failed = FailedAttempt(
      .stateNotReady, stateAge: age, stateLag: .seconds(60), reference: .url)
    #expect(call.fails(.state, .request, mending: failed) == .ends(.failed(verdict)))
  }

  @Test func `ends where the deadline came while it was mended`() {
    let plan = plan()
    let call = stage.call(to: plan, within: .seconds(5))
    _ = (call.start(), call.fails(.credential, .credential, mending: token))
    stage.now += .seconds(5)
    #expect(call.mended() == .ends(.failed(.asReported)))
    #expect(stage.router.running(at: plan.targets[0]) == 0)
  }

  @Test func `has its retries besides`() {
    let call = stage.call(to: plan())
    _ = (call.start(), call.fails(.credential, .credential, mending: token), call.mended())
    #expect(call.fails(.request, .request, status: 409) == .waits(.milliseconds(250), .backoff))
    #expect(call.waited(.milliseconds(250)) == .asks("a", .retry(1, of: 2)))
  }

  @Test func `is no more than its limit, whatever fails`() {
    let plan = plan()
    var most = 0
    for seed in UInt64(0)..<200 {
      stage.random = SeededGenerator(seed: seed)
      let call = stage.call(to: plan)
      var action = call.start()
      var isEnded = false
      while !isEnded {
        switch action {
        case .asks: action = call.fails(.request, .model, status: 409, mending: randomMending())
        case .mends: action = call.mended()
        case .waits(let length, _): action = call.waited(length)
        case .ends: isEnded = true
        }
      }
      stage.now += .seconds(100)
      most = max(most, call.machine.attempts)
      #expect(call.machine.attempts <= CallMachine.attemptLimit([plan]))
    }
    #expect(most > 20, "\(most) of \(CallMachine.attemptLimit([plan]))")
  }

  private func randomMending() -> FailedAttempt {
    switch Int.random(in: 0..<4, using: &stage.random) {
    case 0: token
    case 1: FailedAttempt(.other, amendment: "\(Int.random(in: 0..<9, using: &stage.random))")
    default: young
    }
  }
}
