import RouteSimulation
import Routing
import Testing

@Suite struct `A simulated call` {
  @Test(arguments: [2, 5, 10])
  func `never makes its client wait beyond the deadline`(seconds: Int) throws {
    var scenario = Scenario.with(rate: 20, try .outage("*@10s..60s=timeout"))
    scenario.timeout = .seconds(seconds)
    let report = try Simulation.run(Fleet.pair.input, under: scenario)
    let worst = try #require(report.worst)
    #expect(worst.latency == .seconds(seconds))
    #expect(report.failed > 100)
    #expect(Set(report.failures.keys).isSubset(of: [.timeoutTotal, .timeoutFirstEvent]))
    #expect(report.calls.allSatisfy { $0.latency <= .seconds(seconds) })
  }

  @Test func `has the shorter of its own time and the file's`() throws {
    var fleet = Fleet.pair
    fleet.total = .seconds(4)
    var scenario = Scenario.with(try .outage("*=timeout"))
    scenario.timeout = .seconds(9)
    let report = try Simulation.run(fleet.input, under: scenario)
    #expect(report.latency(.max) == .seconds(4))
  }

  @Test func `is cut when its answer takes longer than the clock of the attempt`() throws {
    var fleet = Fleet()
    fleet.clocks.attempt = .seconds(4)
    fleet.add("main", [.init(id: "only")])
    let report = try Simulation.run(fleet.input, under: .with(rate: 20))
    #expect(report.served > 0)
    #expect(report.failures[.timeoutAttempt, default: 0] > 0)
    #expect(report.attempts == report.calls.count, "what has begun is not tried again")
  }

  @Test func `without a stream is there when its last token is, and has no clock for the first`()
    throws
  {
    var fleet = Fleet()
    fleet.clocks.firstEvent = .seconds(1)
    fleet.add("main", [.init(id: "only")])
    var scenario = Scenario.with(rate: 50)
    scenario.isStream = false
    let report = try Simulation.run(fleet.input, under: scenario)
    #expect(report.failed == 0)
    let median = try #require(report.latency(.p50))
    #expect(median > .seconds(3.6) && median < .seconds(4.4))
  }

  @Test func `is retried as its policy says, at most as often as it allows itself`() throws {
    func retries(_ most: Int?) throws -> Int {
      var fleet = Fleet()
      var policy = CooldownPolicy()
      policy.failures = 1_000_000
      fleet.add("main", [.init(id: "only", rules: TargetRules(cooldown: policy))])
      var scenario = Scenario.with(rate: 1, try .outage("only@10s..20s=500"))
      scenario.maxRetries = most
      return try Simulation.run(fleet.input, under: scenario).reasons[.retry, default: 0]
    }
    let usual = try retries(nil)
    #expect(usual > 5)
    #expect(try retries(0) == 0)
    #expect(try retries(9) == usual)
  }

  @Test(arguments: [true, false])
  func `goes to the fallbacks where its own targets fail, if it may`(isAllowed: Bool) throws {
    var fleet = Fleet()
    fleet.add("main", [.init(id: "own")], fallbacks: ["unknown", "other"])
    fleet.add("other", [.init(id: "spare", model: "small")])
    var scenario = Scenario.with(try .outage("own=500"))
    scenario.allowsFallbacks = isAllowed
    let report = try Simulation.run(fleet.input, under: scenario)
    #expect(report.served == (isAllowed ? report.calls.count : 0))
    #expect((report.reasons[.fallback] ?? 0 > 0) == isAllowed)
    #expect(report.target("spare")?.plan == "other")
  }

  @Test func `of a conversation goes where its conversation goes`() throws {
    var fleet = Fleet()
    fleet.add("main", [.init(id: "a"), .init(id: "bb"), .init(id: "ccc")], strategy: .roundRobin)
    var scenario = Scenario.with()
    scenario.sessions = 1
    let one = try Simulation.run(fleet.input, under: scenario)
    #expect(one.targets.map(\.served).filter { $0 > 0 } == [one.calls.count])
    #expect(one.reasons.keys.elementsEqual([.sticky]))
    scenario.sessions = 1000
    let many = try Simulation.run(fleet.input, under: scenario)
    #expect(many.targets.allSatisfy { $0.served > many.calls.count / 5 })
    scenario.sessions = nil
    let none = try Simulation.run(fleet.input, under: scenario)
    #expect(none.reasons.keys.elementsEqual([.strategy]))
  }

  @Test func `counts its tokens where they are limited`() throws {
    func served(_ tokens: Int) throws -> Int? {
      var limits = CapacityLimits()
      limits.tokensPerMinute = 60_000
      var fleet = Fleet()
      fleet.add("main", [.init(id: "first", limits: limits), .init(id: "second")])
      var scenario = Scenario.with(rate: 10, length: .seconds(55))
      scenario.tokens = tokens
      return try Simulation.run(fleet.input, under: scenario).target("first")?.served
    }
    #expect(try served(1000) == 60)
    #expect(try served(600) == 100)
    #expect(try served(0) ?? 0 > 400)
  }

  @Test func `waits for capacity in the order of arrival, and no longer than it may`() throws {
    var limits = CapacityLimits()
    limits.concurrency = 5
    var fleet = Fleet()
    fleet.add("main", [.init(id: "narrow", limits: limits)])
    let report = try Simulation.run(fleet.input, under: .with(rate: 2, length: .seconds(300)))
    #expect(report.target("narrow")?.busiest == 5)
    let wait = try #require(report.waits.first)
    #expect(report.waits.count == 1 && wait.purpose == .capacity)
    #expect(wait.longest <= .seconds(20))
    #expect(wait.count > report.failed + 100, "what ends makes room for those that wait")
    #expect(Set(report.failures.keys).isSubset(of: [.full]))
    let attempts = report.attempts
    #expect(report.served == attempts)
    // Their first parts are as late as their attempts began, but for the latency of each.
    let begun = report.calls.filter { $0.ending == .served(by: 0) }
      .map { $0.arrived + $0.latency }
    let overtakes = zip(begun, begun.dropFirst()).count { $0 > $1 + .seconds(3.2) }
    #expect(overtakes == 0)
  }

  @Test func `that waited longest is told step by step`() throws {
    var scenario = Scenario.with(rate: 20, try .outage("first@5s..8s=unreachable"))
    scenario.maxRetries = 1
    let report = try Simulation.run(Fleet.pair.input, under: scenario)
    let worst = try #require(report.worst)
    #expect(worst.latency == report.latency(.max))
    #expect(worst.story.steps.count >= 2)
    var time = Duration.zero
    for step in worst.story.steps {
      switch step {
      case .attempt(let attempt):
        #expect(attempt.began == time)
        time += attempt.length
      case .wait(_, let began, let length):
        #expect(began == time)
        time += length
      }
    }
    #expect(time == worst.latency)
    guard case .attempt(let first)? = worst.story.steps.first else { return #expect(Bool(false)) }
    #expect(first.reason == .strategy(.priority) && first.failure == .timeoutConnect)
  }

  @Test func `that nobody can serve fails at once`() throws {
    var fleet = Fleet()
    fleet.add("main", [.init(id: "broken", isUsable: false)])
    let report = try Simulation.run(fleet.input, under: .with())
    #expect(report.served == 0 && report.attempts == 0)
    #expect(report.failures.keys.elementsEqual([.unusable]))
    #expect(report.latency(.max) == .zero)
  }
}
