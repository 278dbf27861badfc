import RouteSimulation
import Routing
import Testing

@Suite struct `An assertion` {
  /// Ten minutes in which each kind of number is there.
  static let report: SimulationReport? = {
    var fleet = Fleet()
    fleet.add(
      "main", [.init(id: "eus2"), .init(id: "swe")], strategy: .weighted, fallbacks: ["spare"])
    fleet.add("spare", [.init(id: "kimi", provider: "small")])
    let scenario = try? Scenario.with(
      rate: 20, length: .seconds(300), .outage("eus2@20s..60s=500"), .outage("swe@30s..50s=500"),
      .outage("small@35s..45s=429:30s"))
    return scenario.flatMap { try? Simulation.run(fleet.input, under: $0) }
  }()

  private func verdict(_ text: String) throws -> Assertion.Verdict {
    let report = try #require(Self.report)
    let assertion = try Assertion(text)
    try assertion.check(report.names)
    return assertion.verdict(on: report)
  }

  @Test(arguments: [
    ("calls > 5000", true), ("calls < 5000", false), ("failed > 0", true), ("failed==0", false),
    ("served < calls", true), ("served != calls", true), ("availability >= 99%", false),
    ("availability > 90%", true), ("0 < failed", true), ("p50 < 1s", true), ("p50 <= 500ms", false),
    ("p99 >= p50", true), ("max >= 1m", false), ("p50 < 1s && p99 < 20s", true),
    ("p50 < 1s && failed == 0", false), ("p50 < 1s || failed == 0", true),
    ("failed == 0 || p50 < 1s && calls > 0", true),
    ("(failed == 0 || p50 < 1s) && calls == 0", false), ("!failed == 0", true),
    ("!(failed == 0 || calls > 0)", false), ("!!(calls > 0)", true),
    ("share.eus2 >= 1%", true), ("share.eus2 >= share.swe", false),
    ("served.eus2 > 0 && served.at-swe > 0 && served.small/gpt > 0", true),
    ("share.* == 100%", true), ("attempts > calls", true), ("errors.eus2 > 0", true),
    ("errors > errors.eus2", true), ("retries > 0", true), ("fallbacks > 0", true),
    ("opened.eus2 >= 1 && opened > opened.eus2", true), ("probes.eus2 >= 1", true),
    ("busiest.eus2 > 5", true), ("p99.eus2 < 3s", true), ("max.eus2 <= 3.2s", true),
    ("waits > 0 && waited > 0s && longest_wait < 30s", true), ("failed.rate_limited > 0", true),
    ("failed.timeout_total == 0", true),
    ("failed.rate_limited == failed", false),
  ])
  func `holds or fails`(text: String, holds: Bool) throws {
    let verdict = try verdict(text)
    #expect(verdict.holds == holds, "\(verdict.parts.flatMap(\.measured))")
  }

  @Test func `knows the value of each of its metrics`() throws {
    let report = try #require(Self.report)
    let verdict = try verdict("failed == 0 && (p99 < 20s || share.eus2 >= 65%)")
    #expect(verdict.parts.map(\.holds) == [false, true, false])
    let measured = verdict.parts.flatMap(\.measured)
    #expect(measured.map(\.metric.text) == ["failed", "p99", "share.eus2"])
    #expect(measured[0].value?.description == "\(report.failed)")
    #expect(measured[2].value?.description.hasSuffix("%") == true)
    #expect(
      Array(verdict.assertion.text)[verdict.parts[2].comparison.range]
        == Array("share.eus2 >= 65%")[...])
  }

  @Test func `does not hold where there is nothing to measure`() throws {
    let quiet = try Simulation.run(Fleet.pair.input, under: .with())
    for text in ["p99.second < 20s", "p99.second >= 0s"] {
      let verdict = try Assertion(text).verdict(on: quiet)
      #expect(!verdict.holds)
      #expect(verdict.parts[0].measured.map(\.value) == [nil])
    }
  }

  @Test func `takes percentages as they are written, and not a bit more or less`() throws {
    let report = try #require(Self.report)
    #expect(try !Assertion("availability == 99.9%").verdict(on: report).holds)
    let sound = try Simulation.run(Fleet.pair.input, under: .with())
    #expect(try Assertion("availability == 100.0%").verdict(on: sound).holds)
    #expect(try Assertion("share.first == 100%").verdict(on: sound).holds)
  }

  @Test(arguments: Metric.all.map(\.name)) func `may name every metric that there is`(name: String)
    throws
  {
    let metric = try #require(Metric.all.first { $0.name == name })
    let names: [String] =
      switch metric.selector {
      case .none: [name]
      case .targets: [name, "\(name).eus2", "\(name).*"]
      case .someTargets: ["\(name).swe", "\(name).small"]
      case .code: [name] + FailureCode.allCases.map { "\(name).\($0.rawValue)" }
      }
    for text in names {
      let value: String =
        switch metric.kind {
        case .count: "0"
        case .share: "0%"
        case .duration: "0s"
        }
      let verdict = try verdict("\(text) >= \(value)")
      #expect(verdict.holds, "\(text)")
    }
  }
}
