import Testing

@testable import TransportHost

/// A slot with a clock, and words for what it answers.
private struct Bench {
  var slot = TokenSlot()
  var now = Duration.zero

  mutating func ask(refused: Int? = nil) -> String {
    switch slot.asked(at: now, refused: refused) {
    case .use(let held): "use \(held.number)"
    case .useAndRenew(let held): "use \(held.number) and renew"
    case .run: "run"
    case .wait: "wait"
    case .fail(let error): "fail \(error.message)"
    }
  }

  mutating func obtain(_ life: Duration? = .seconds(1000), jitter: Double = 0) {
    _ = slot.obtained(Self.token(life), at: now, jitter: jitter)
  }

  mutating func fail(_ message: String = "no", retryAfter: Duration? = nil) {
    var error = CallError(.auth, message)
    error.retryAfter = retryAfter
    slot.failed(error, at: now)
  }

  static func token(_ life: Duration?) -> IssuedToken {
    IssuedToken(secret: Secret("token-value", name: "t"), lifetime: life, renewal: nil)
  }
}

@Suite struct `A token slot says what a caller does` {
  @Test func `the first caller starts a run and the others wait for it`() {
    var bench = Bench()
    #expect(bench.ask() == "run")
    #expect(bench.ask() == "wait")
    bench.obtain()
    #expect(bench.ask() == "use 1")
  }

  @Test func `an old token serves while one run renews it`() {
    var bench = Bench()
    #expect(bench.ask() == "run")
    bench.obtain()
    bench.now = .seconds(799)
    #expect(bench.ask() == "use 1")
    bench.now = .seconds(800)
    #expect(bench.ask() == "use 1 and renew")
    #expect(bench.ask() == "use 1")
    bench.obtain()
    #expect(bench.ask() == "use 2")
  }

  @Test func `a token is not handed out in its last ten seconds`() {
    var bench = Bench()
    #expect(bench.ask() == "run")
    bench.obtain()
    bench.now = .seconds(989)
    #expect(bench.ask() == "use 1 and renew")
    bench.now = .seconds(990)
    #expect(bench.ask() == "wait")
  }

  @Test func `a refused token is replaced once for all that hold it`() {
    var bench = Bench()
    #expect(bench.ask() == "run")
    bench.obtain()
    #expect(bench.ask(refused: 1) == "run")
    #expect(bench.ask(refused: 1) == "wait")
    #expect(bench.ask() == "wait")
    bench.obtain()
    #expect(bench.ask(refused: 1) == "use 2")
    #expect(bench.ask() == "use 2")
  }

  @Test func `a token that just replaced a refused one is not replaced again at once`() {
    var bench = Bench()
    #expect(bench.ask() == "run")
    bench.obtain()
    #expect(bench.ask(refused: 1) == "run")
    bench.obtain()
    #expect(bench.ask(refused: 2) == "use 2")
    bench.now = .seconds(30)
    #expect(bench.ask(refused: 2) == "run")
  }

  @Test func `after a failure the source is left alone, for longer each time`() {
    var bench = Bench()
    for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
      #expect(bench.ask() == "run")
      bench.fail("cause \(pause)")
      #expect(bench.ask() == "fail cause \(pause)")
      bench.now += .seconds(pause) - .milliseconds(1)
      #expect(bench.ask() == "fail cause \(pause)")
      bench.now += .milliseconds(1)
    }
    #expect(bench.ask() == "run")
    bench.obtain(.seconds(0))
    #expect(bench.ask() == "run")
    bench.fail()
    bench.now += .seconds(1)
    #expect(bench.ask() == "run")
  }

  @Test func `a source that asks for time gets it, within bounds`() {
    var bench = Bench()
    #expect(bench.ask() == "run")
    bench.fail(retryAfter: .seconds(90))
    bench.now = .seconds(89)
    #expect(bench.ask() == "fail no")
    bench.now = .seconds(90)
    #expect(bench.ask() == "run")
    bench.fail(retryAfter: .seconds(86_400))
    bench.now += .seconds(600)
    #expect(bench.ask() == "run")
  }

  @Test func `while a renewal fails the old token serves to its end`() {
    var bench = Bench()
    #expect(bench.ask() == "run")
    bench.obtain()
    bench.now = .seconds(900)
    #expect(bench.ask() == "use 1 and renew")
    bench.fail()
    #expect(bench.ask() == "use 1")
    bench.now = .seconds(901)
    #expect(bench.ask() == "use 1 and renew")
    bench.fail("still no")
    bench.now = .seconds(990)
    #expect(bench.ask() == "run")
  }

  @Test func `a run that was given up leaves nothing behind`() {
    var bench = Bench()
    #expect(bench.ask() == "run")
    bench.slot.cancelled()
    #expect(bench.ask() == "run")
  }

  /// Life, what was told, jitter, and when it is renewed; all in seconds.
  struct Plan: Sendable {
    var life: Int?
    var renewal: Int?
    var before: Int?
    var jitter = 0.0
    var renewed: Int
  }

  @Test(arguments: [
    Plan(life: 3600, renewed: 2880), Plan(life: 3600, jitter: 1, renewed: 2592),
    Plan(life: 3600, before: 300, renewed: 3300),
    Plan(life: 3600, before: 300, jitter: 1, renewed: 2970),
    Plan(life: 86_400, renewal: 43_200, jitter: 1, renewed: 43_200),
    Plan(life: 86_400, renewal: 60_000, renewed: 60_000),
    Plan(life: 60, before: 300, renewed: 30), Plan(renewed: 240),
    Plan(life: 3600, before: 300, jitter: 0.5, renewed: 3135),
    Plan(life: 3600, renewal: 9000, renewed: 3600),
  ])
  func `a token is renewed when it is told, never in the first half of its life`(plan: Plan) {
    let token = IssuedToken(
      secret: Secret("token-value", name: "t"), lifetime: plan.life.map { .seconds($0) },
      renewal: plan.renewal.map { .seconds($0) },
      renewalBeforeEnd: plan.before.map { .seconds($0) })
    let held = HeldToken(token, number: 1, at: .seconds(10), jitter: plan.jitter, isForced: false)
    #expect(held.renewal == .seconds(10 + plan.renewed))
  }
}
