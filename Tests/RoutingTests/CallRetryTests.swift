import Testing

@testable import Routing

@Suite struct `A call whose target fails` {
  private let stage = Stage()

  private func plan(
    _ retry: @escaping (inout RetryPolicy) -> Void = { _ in }
  ) -> RoutePlan {
    stage.plan("m", [stage.target("a", retry: retry), stage.target("b", retry: retry)])
  }

  @Test func `asks it again after each wait, then the next one`() {
    let call = stage.call(to: plan())
    #expect(call.start() == .asks("a", .strategy(.priority)))
    #expect(call.fails(.upstream, .request, status: 500) == .waits(.milliseconds(250), .backoff))
    #expect(call.waited(.milliseconds(250)) == .asks("a", .retry(1, of: 2)))
    #expect(call.fails(.upstream, .request, status: 500) == .waits(.milliseconds(500), .backoff))
    #expect(call.waited(.milliseconds(500)) == .asks("a", .retry(2, of: 2)))
    #expect(call.fails(.upstream, .request, status: 500) == .asks("b", .next))
    #expect(call.machine.attempts == 4 && call.step?.attempt == 4)
  }

  @Test(arguments: [(nil, 2), (0, 0), (1, 1), (9, 2)] as [(Int?, Int)])
  func `asks it again as often as the file and the request allow`(request: Int?, retries: Int) {
    let call = stage.call(to: plan()) { $0.maxRetries = request }
    _ = call.start()
    var action = call.fails(.upstream, .request, status: 500)
    for retry in 0..<retries {
      guard case .waits(let length, .backoff) = action else { break }
      #expect(call.waited(length) == .asks("a", .retry(retry + 1, of: retries)))
      action = call.fails(.upstream, .request, status: 500)
    }
    #expect(action == .asks("b", .next))
  }

  @Test(arguments: [(0, 250), (100, 250), (251, 251), (20_000, 20_000)])
  func `waits exactly as long as the upstream asks, where that is within the cap`(
    hint: Int, wait: Int
  ) {
    let call = stage.call(to: plan())
    _ = call.start()
    let action = call.fails(
      .rateLimit, .model, status: 429, retryAfter: .milliseconds(hint))
    #expect(
      action == .waits(.milliseconds(wait), hint == wait ? .retryAfter : .backoff))
    #expect(call.waited(.milliseconds(wait)) == .asks("a", .retry(1, of: 2)))
  }

  @Test func `asks the next one where the upstream asks for more than the cap`() {
    let call = stage.call(to: plan())
    _ = call.start()
    let failed = call.fails(.rateLimit, .model, status: 429, retryAfter: .seconds(20.001))
    #expect(failed == .asks("b", .next))
  }

  @Test(arguments: [(250, true), (251, false), (10_000, false)])
  func `asks the next one where the wait would reach the deadline`(left: Int, moves: Bool) {
    let call = stage.call(to: plan(), within: .seconds(60))
    _ = call.start()
    stage.now += .seconds(60) - .milliseconds(left)
    let action = call.fails(.upstream, .request, status: 500)
    #expect((action == .asks("b", .next)) == moves)
  }

  @Test(arguments: [0, 1, 5000]) func `ends at the deadline with what failed last`(late: Int) {
    let call = stage.call(to: plan(), within: .seconds(60))
    _ = call.start()
    stage.now += .seconds(60) + .milliseconds(late)
    #expect(call.fails(.firstEvent) == .ends(.failed(.asReported)))
    #expect(call.machine.lastFailure?.cause == .firstEvent)
  }

  @Test func `asks nobody where a pause is over too late`() {
    let call = stage.call(to: plan(), within: .seconds(60))
    _ = (call.start(), call.fails(.upstream, .request, status: 500))
    #expect(call.waited(.seconds(60)) == .ends(.failed(.asReported)))
    #expect(stage.router.running(at: plan().targets[0]) == 0)
  }

  @Test(arguments: [0, -5]) func `asks nobody where its deadline has come`(within: Int) {
    let call = stage.call(to: plan(), within: .seconds(within))
    #expect(call.start() == .ends(.failed(.asReported)))
    #expect(call.machine.lastFailure == CallFailure(.deadline, blaming: .request))
    #expect(call.machine.attempts == 0)
  }

  @Test func `asks the next one where the budget of its provider is used up`() {
    let plan = plan { $0.budget = 0 }
    let calls = (0..<12).map { _ in stage.call(to: plan) }
    let actions = calls.map { call in
      _ = call.start()
      return call.fails(.request, .request, status: 409)
    }
    #expect(actions.prefix(10).allSatisfy { $0 == .waits(.milliseconds(250), .backoff) })
    #expect(actions.suffix(2).allSatisfy { $0 == .ends(.failed(.asReported)) })
  }

  @Test func `adds to the budget of a provider once, however many of its targets it asks`() {
    let targets = ["a", "b", "c"].map { stage.target($0, of: "p", retry: { $0.budget = 1.001 }) }
    let plan = stage.plan("m", targets)
    for _ in 0..<5 {
      let call = stage.call(to: plan)
      _ = (call.start(), call.fails(.request, .model), call.fails(.request, .model))
      #expect(call.machine.attempts == 3)
    }
    var retries = 0
    while stage.router.budgets[targets[0].budget].withdraw(at: stage.now) { retries += 1 }
    #expect(retries == 5 + 10, "with what is in reserve")
  }

  @Test func `asks the next one where what it blames is left alone by now`() {
    let plan = stage.plan(
      "m", [stage.target("a", cooldown: { $0.failures = 1 }), stage.target("b")])
    let call = stage.call(to: plan)
    _ = call.start()
    #expect(call.fails(.upstream, status: 500) == .asks("b", .next))
  }

  @Test func `asks another one after its wait where the first may not be asked then`() {
    let call = stage.call(to: plan())
    let others = (0..<3).map { _ in stage.call(to: plan()) { $0.maxRetries = 0 } }
    _ = (call.start(), others.map { $0.start() })
    #expect(call.fails(.upstream, .request, status: 500) == .waits(.milliseconds(250), .backoff))
    for other in others { #expect(other.fails(.upstream, status: 500) == .asks("b", .next)) }
    #expect(call.waited(.milliseconds(250)) == .asks("b", .next))
    stage.now += .seconds(31)
    _ = call.fails(.upstream, .request, status: 501)
    #expect(call.machine.attempts == 3, "the first one is free again, and has a retry left")
    #expect(call.step?.reason == .retry(1, of: 2))
  }

  @Test func `ends when all have failed, with what failed last`() {
    let call = stage.call(to: plan())
    _ = (call.start(), call.fails(.missing, .model, status: 404))
    #expect(call.fails(.credential, .credential, status: 401) == .ends(.failed(.asReported)))
    #expect(call.machine.lastFailure?.cause == .credential)
    #expect(call.machine.isEnded)
  }

  @Test(arguments: [true, false]) func `does again what may be done only where that does not show`(
    isRepeatable: Bool
  ) {
    var traits = CallTraits()
    traits.isRepeatable = isRepeatable
    for mending in [nil, FailedAttempt(.credentialRefused, credential: .token(scope: ""))] {
      let call = stage.call(to: plan(), traits)
      _ = call.start()
      let failure = CallFailure(
        .firstEvent, blaming: .request, mayBeDone: true, mending: mending)
      let action = call.machine.failed(
        failure, router: &stage.router, at: stage.now, random: &stage.random)
      if case .fail = action { #expect(!isRepeatable) } else { #expect(isRepeatable) }
    }
  }

  @Test func `does nothing more once it is cancelled, in every state`() {
    let plan = plan()
    let idle = stage.call(to: plan)
    idle.isCancelled()
    #expect(idle.start() == .ends(.failed(.asReported)))
    let pausing = stage.call(to: plan)
    _ = (pausing.start(), pausing.fails(.upstream, .request, status: 500))
    pausing.isCancelled()
    #expect(pausing.waited(.seconds(1)) == .ends(.failed(.asReported)))
    let mending = stage.call(to: plan)
    let refused = FailedAttempt(.credentialRefused, credential: .token(scope: ""))
    _ = mending.start()
    #expect(mending.fails(.credential, .credential, mending: refused) == .mends(.refreshToken))
    mending.isCancelled()
    #expect(mending.mended() == .ends(.failed(.asReported)))
    #expect(mending.mendingChangedNothing() == .ends(.failed(.asReported)))
    let answering = stage.call(to: plan)
    _ = answering.start()
    answering.answers()
    answering.isCancelled()
    answering.isCancelled()
    #expect(answering.breaks() == .ends(.failed(.asReported)))
    #expect(plan.targets.allSatisfy { stage.router.running(at: $0) == 0 })
  }

  @Test(arguments: [nil, CallFailure(.stream, blaming: .endpoint)])
  func `ends its attempt where it is over before part of an answer was told of`(
    failure: CallFailure?
  ) {
    let plan = stage.plan("m", [stage.target("a", cooldown: { $0.failures = 1 })])
    let call = stage.call(to: plan)
    _ = call.start()
    call.finishes(failure, tokens: 5)
    #expect(call.machine.isEnded)
    #expect(stage.router.running(at: plan.targets[0]) == 0)
    #expect((stage.standings(plan)["a"] == .free) == (failure == nil))
    let mending = stage.call(to: stage.plan("n", [stage.target("b")]))
    let refused = FailedAttempt(.credentialRefused, credential: .token(scope: ""))
    _ = mending.start()
    #expect(mending.fails(.credential, .credential, mending: refused) == .mends(.refreshToken))
    mending.finishes()
    #expect(mending.machine.isEnded)
    #expect(stage.router.running == 0)
  }

  @Test func `leaves alone the one deployment that is missing, and nobody else`() {
    let targets = ["a", "b", "c"].map { stage.target($0, of: "p", cooldown: { $0.failures = 1 }) }
    let plan = stage.plan("m", targets)
    let call = stage.call(to: plan)
    _ = call.start()
    #expect(call.fails(.missing, .model, status: 404) == .asks("b", .next))
    #expect(stage.standings(plan)["a"] != .free)
    #expect(stage.standings(plan)["b"] == .free && stage.standings(plan)["c"] == .free)
  }

  @Test func `leaves nobody alone for a bad request, however often it comes`() {
    let plan = plan()
    for _ in 0..<100 {
      let call = stage.call(to: plan)
      _ = call.start()
      #expect(call.fails(.request, .request, status: 400) == .ends(.failed(.asReported)))
    }
    #expect(stage.standings(plan) == ["a": .free, "b": .free])
    #expect(stage.router.takeTransitions().isEmpty)
  }

  @Test(arguments: [nil, 3600.0, 7200]) func `leaves a used up quota alone until it is whole again`(
    reset: Double?
  ) {
    let plan = plan()
    let call = stage.call(to: plan)
    _ = call.start()
    let action = call.fails(
      .quota, .model, status: 429, retryAfter: reset.map { .seconds($0) })
    #expect(action == .asks("b", .next))
    let remaining = Duration.seconds(reset ?? 30)
    #expect(
      stage.standings(plan)["a"]
        == .cooling(.model, remaining: remaining, isStated: reset != nil))
    stage.now += remaining - .seconds(1)
    #expect(stage.call(to: plan).run() == "b")
    stage.now += .seconds(1)
    let probe = stage.call(to: plan)
    _ = probe.start()
    #expect(probe.step?.isProbe == true)
    #expect(stage.call(to: plan).run() == "b", "one finds out, the others wait for that")
    probe.answers()
    #expect(stage.call(to: plan).run() == "a")
  }
}
