import RouteSimulation
import Routing
import Testing

@testable import RouteSimulation

@Suite struct `A report` {
  @Test(arguments: [
    (1, [1, 1, 1, 1, 1]), (2, [1, 2, 2, 2, 2]), (10, [5, 9, 10, 10, 10]),
    (100, [50, 90, 95, 99, 100]), (101, [51, 91, 96, 100, 101]),
  ])
  func `has percentiles of the nearest rank`(count: Int, ranks: [Int]) {
    let samples = Samples((1...count).reversed().map { .seconds($0) })
    #expect(Percentile.allCases.map { samples[$0] } == ranks.map { .seconds($0) })
    #expect(Samples([])[.p50] == nil)
  }

  @Test func `counts each call of its series once, where its answer or its error came`() throws {
    let report = try Simulation.run(
      Fleet.pair.input,
      under: .with(
        rate: 5, try .outage("*@30s..60s=unreachable"), try .latency("first@80s..=15s")))
    let series = TimeSeries(report, bucket: .seconds(1))
    #expect(series.served.map { $0.reduce(0, +) } == report.targets.map(\.served))
    #expect(series.failed.reduce(0, +) == report.failed)
    #expect(report.failed > 0)
    // Who was not reached for ten seconds is told so ten seconds later.
    #expect(series.failed[..<40].allSatisfy { $0 == 0 })
    for (second, count) in series.served[0].enumerated() {
      let expected = report.calls.count { call in
        let time = call.arrived + call.latency
        return call.ending == .served(by: 0) && time >= .seconds(second)
          && time < .seconds(second + 1)
      }
      #expect(count == expected)
    }
  }

  @Test(arguments: [
    (120, 80, 1500), (120, 120, 1000), (121, 120, 1200), (60, 90, 800), (1, 1, 1000),
    (7200, 90, 80_000), (86_400, 1, 100_000_000),
  ])
  func `is cut into round stretches`(seconds: Int, most: Int, milliseconds: Int) {
    let bucket = TimeSeries.bucket(for: .seconds(seconds), most: most)
    #expect(bucket == .milliseconds(milliseconds))
    #expect(bucket * most >= .seconds(seconds))
  }

  @Test func `knows when a target was left alone, and when but for probes`() throws {
    let report = try Simulation.run(
      Fleet.pair.input, under: .with(rate: 2, try .outage("first@20s..60s=500")))
    let phases = report.phases(of: 0)
    #expect(phases.map(\.isHalfOpen) == [false, true, false, true])
    #expect(zip(phases, phases.dropFirst()).allSatisfy { $0.to == $1.from })
    #expect(phases[0].to - phases[0].from == .seconds(30))
    #expect(phases[2].to - phases[2].from == .seconds(60))
    #expect(phases[0].from == report.changes.first?.time)
    #expect(phases[3].to == report.changes.last?.time)
    #expect(report.phases(of: 1).isEmpty)
  }

  @Test func `tells a cooldown that is put off as one, and has no probe for it`() throws {
    let report = try Simulation.run(
      Fleet.pair.input, under: .with(rate: 200, try .outage("first@20s..20500ms=429:10s")))
    let openings = report.changes.compactMap { change in
      if case .opened(let opening) = change.kind { opening } else { nil }
    }
    let opening = try #require(openings.first)
    #expect(openings.count == 1 && opening.isStated && opening.cause == .rateLimited)
    #expect(opening.extensions > 2)
    #expect(report.changes.map(\.kind.word) == ["opened", "closed"])
    #expect(report.phases(of: 0).map(\.isHalfOpen) == [false])
    #expect(report.phases(of: 0).first?.to == opening.until)
  }

  @Test func `counts a cooldown for each target that is left alone with it`() throws {
    var fleet = Fleet()
    fleet.add(
      "main",
      [
        .init(id: "one", provider: "east", model: "a"),
        .init(id: "two", provider: "east", model: "b"), .init(id: "three", provider: "west"),
      ])
    let report = try Simulation.run(
      fleet.input, under: .with(try .outage("east@10s..20s=401")))
    #expect(report.targets.map(\.openings) == [1, 1, 0])
    #expect(report.changes.first?.targets == [0, 1])
    let verdict = try Assertion("opened == 1 && opened.east == 1 && opened.two == 1")
      .verdict(on: report)
    #expect(verdict.holds)
  }
}
