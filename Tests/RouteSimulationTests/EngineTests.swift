import RouteSimulation
import Routing
import Testing

@Suite struct `A simulation` {
  @Test func `without a disturbance asks the first target and fails no call`() throws {
    let report = try Simulation.run(Fleet.pair.input, under: .with(rate: 50))
    #expect((5500...6500).contains(report.calls.count))
    #expect(report.failed == 0)
    #expect(report.target("first")?.served == report.calls.count)
    #expect(report.target("second")?.attempts == 0)
    #expect(report.attempts == report.calls.count)
    #expect(report.changes.isEmpty && report.waits.isEmpty)
  }

  @Test func `gives the same report for the same seed, and another for another`() throws {
    let outage = Disturbance(.outage(.timeout), at: "first", from: .seconds(10), to: .seconds(60))
    let scenario = Scenario.with(rate: 20, outage)
    let first = try Simulation.run(Fleet.pair.input, under: scenario)
    let second = try Simulation.run(Fleet.pair.input, under: scenario)
    #expect(first == second)
    #expect("\(first.calls)\(first.changes)" == "\(second.calls)\(second.changes)")
    let other = try Simulation.run(Fleet.pair.input, under: .with(rate: 20, seed: 2, outage))
    #expect(other.calls != first.calls)
  }

  @Test func `leaves each attempt its luck where only the routing changes`() throws {
    let usual = try Simulation.run(Fleet.pair.input, under: .with())
    let disturbed = try Simulation.run(
      Fleet.pair.input, under: .with(Disturbance(.outage(.refused), at: "second")))
    #expect(usual.calls == disturbed.calls)
  }

  @Test func `moves the traffic of an outage, leaves the target alone, and probes it back`() throws
  {
    let report = try Simulation.run(
      Fleet.pair.input,
      under: .with(
        Disturbance(.outage(.failing), at: "first", from: .seconds(20), to: .seconds(70))))
    #expect(report.failed == 0)
    #expect(report.served(by: "first", .seconds(5), .seconds(20)) > 100)
    #expect(report.served(by: "first", .seconds(25), .seconds(70)) == 0)
    #expect(report.served(by: "second", .seconds(25), .seconds(70)) > 350)
    #expect(report.served(by: "first", .seconds(115), .seconds(120)) > 30)
    // Three failures in a row open it for 30 s, a probe that fails for 60 s, one that succeeds ends it.
    #expect(report.changes.map(\.kind.word) == ["opened", "probed", "opened", "probed", "closed"])
    #expect(report.changes.allSatisfy { $0.scope == .endpoint })
    #expect(report.changes.allSatisfy { $0.name == "https://at-first.example" })
    #expect(report.changes[0].time < .seconds(23))
    #expect(report.changes[1].time - report.changes[0].time >= .seconds(30))
    #expect(report.changes[4].time > .seconds(110))
  }

  @Test func `counts every attempt once: failed, answered, or the call's last`() throws {
    let report = try Simulation.run(
      Fleet.pair.input,
      under: .with(rate: 40, Disturbance(.outage(.refused), at: "*", from: .seconds(30))))
    let failed = report.targets.reduce(0) { $0 + $1.failed }
    #expect(report.attempts == failed + report.served)
    #expect(report.failed > 0)
    #expect(report.failures.values.reduce(0, +) == report.failed)
    #expect(report.failures.keys.allSatisfy { $0 == .network })
    #expect(report.reasons.values.reduce(0, +) == report.attempts)
  }
}

extension CooldownChange.Kind {
  /// The kind alone.
  var word: String {
    switch self {
    case .opened: "opened"
    case .probed: "probed"
    case .closed: "closed"
    }
  }
}
