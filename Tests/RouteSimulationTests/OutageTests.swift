import RouteSimulation
import Routing
import Testing

@Suite struct `A disturbance` {
  /// A kind of outage, what it makes of an attempt, and what that blames.
  struct Row: Sendable {
    let kind: String
    let code: FailureCode
    let scope: FailureScope
    let took: Duration
  }

  static let rows = [
    Row(kind: "refused", code: .network, scope: .network, took: .milliseconds(5)),
    Row(kind: "unreachable", code: .timeoutConnect, scope: .network, took: .seconds(10)),
    Row(kind: "timeout", code: .timeoutFirstEvent, scope: .endpoint, took: .seconds(60)),
    Row(kind: "500", code: .upstreamFailed, scope: .endpoint, took: .milliseconds(50)),
    Row(kind: "503", code: .overloaded, scope: .endpoint, took: .milliseconds(50)),
    Row(kind: "404", code: .notFound, scope: .model, took: .milliseconds(50)),
    Row(kind: "401", code: .auth, scope: .credential, took: .milliseconds(50)),
    Row(kind: "429", code: .rateLimited, scope: .model, took: .milliseconds(50)),
    Row(kind: "quota", code: .quotaExhausted, scope: .credential, took: .milliseconds(50)),
  ]

  @Test func `has a row here for every kind, but for cut streams`() {
    #expect(Self.rows.map(\.kind) + ["cut"] == Outage.words)
  }

  @Test(arguments: rows)
  func `makes the failure of its kind, after its time, and blames its scope`(row: Row) throws {
    var scenario = Scenario.with(rate: 20, try .outage("first=\(row.kind)"))
    scenario.maxRetries = 0
    let report = try Simulation.run(Fleet.pair.input, under: scenario)
    let first = try #require(report.target("first"))
    #expect(first.failures.keys.elementsEqual([row.code]))
    #expect(first.served == 0)
    #expect(report.failed == 0)
    #expect(report.changes.first?.scope == row.scope)
    let attempts = try #require(report.worst).story.steps.compactMap { step in
      if case .attempt(let attempt) = step { attempt } else { nil }
    }
    guard attempts.first?.failure != nil else { return }
    #expect(attempts.first?.length == row.took)
  }

  @Test func `cuts a stream when its first part would be due`() throws {
    let report = try Simulation.run(
      Fleet.pair.input, under: .with(try .outage("first@0s..10s=cut")))
    let first = try #require(report.target("first"))
    #expect(first.failures.keys.elementsEqual([.streamTruncated]))
    #expect(report.failed == 0)
  }

  @Test func `of quota lasts until the reset that the upstream states`() throws {
    let report = try Simulation.run(
      Fleet.pair.input, under: .with(try .outage("first@10s..80s=quota:80s")))
    let opening = try #require(report.changes.first)
    guard case .opened(let opened) = opening.kind else { return #expect(Bool(false)) }
    // To the moment of the refusal, 50 ms after the attempt began.
    #expect(abs((opened.until - .seconds(80)) / .seconds(1)) < 0.06)
    #expect(report.target("first")?.failed == 1)
    #expect(report.served(by: "first", .seconds(85), .seconds(120)) > 200)
  }

  @Test func `of 429 is waited for as long as the upstream says`() throws {
    var fleet = Fleet()
    fleet.add("main", [.init(id: "only")])
    let report = try Simulation.run(
      fleet.input, under: .with(rate: 5, try .outage("only@10s..12s=429:3s")))
    let wait = try #require(report.waits.first)
    #expect(report.waits.count == 1 && wait.purpose == .retryAfter)
    #expect(wait.longest >= .seconds(3) && wait.longest <= .seconds(3.3), "and a tenth at most")
    #expect(report.worst?.ending == .served(by: 0))
  }

  @Test(arguments: [30, 60, 120])
  func `of a rate limit lets no more through than it says, and asks for the rest of a minute`(
    limit: Int
  ) throws {
    var scenario = Scenario.with(
      rate: 10, length: .seconds(180), try .rateLimit("at-first=\(limit)"))
    scenario.maxRetries = 0
    let report = try Simulation.run(Fleet.pair.input, under: scenario)
    #expect(report.failed == 0)
    let first = try #require(report.target("first"))
    #expect(first.failures.keys.elementsEqual([.rateLimited]))
    #expect(first.served <= limit * 3)
    #expect(first.served > limit * 2)
    // While it says when to come back it is left alone: it refuses few.
    #expect(first.failed < 40)
    for second in 0..<180 {
      let served = report.calls.count { call in
        call.ending == .served(by: 0) && call.arrived >= .seconds(second)
          && call.arrived < .seconds(second + 60)
      }
      #expect(served <= limit)
    }
  }

  @Test func `of a rate limit counts each provider that it means on its own`() throws {
    var fleet = Fleet()
    fleet.add("main", [.init(id: "a"), .init(id: "bb"), .init(id: "ccc", order: 2)])
    let report = try Simulation.run(
      fleet.input, under: .with(rate: 10, length: .seconds(30), try .rateLimit("*=60")))
    #expect(report.targets.map(\.served) == [60, 60, 60])
  }

  @Test func `of latency moves the time to the first event and the spread with it`() throws {
    let slow = try Simulation.run(
      Fleet.pair.input, under: .with(rate: 50, try .latency("first=4s")))
    let median = try #require(slow.target("first")?.firstEvent(.p50))
    #expect(abs(median / .seconds(4) - 1) < 0.05)
    let longest = try #require(slow.target("first")?.firstEvent(.max))
    #expect(longest > .seconds(10) && longest <= .seconds(16))
  }

  @Test func `holds in its time and at its targets alone; of two the later one holds`() throws {
    let scenario = Scenario.with(
      rate: 20, try .outage("*@10s..20s=404"), try .outage("at-second@10s..15s=500"))
    let report = try Simulation.run(Fleet.pair.input, under: scenario)
    #expect(report.target("first")?.failures.keys.elementsEqual([.notFound]) == true)
    let second = try #require(report.target("second")?.failures)
    #expect(Set(second.keys) == [.notFound, .upstreamFailed])
    let failedLate = report.calls.contains {
      $0.arrived > .seconds(21) && $0.ending != .served(by: 0) && $0.ending != .served(by: 1)
    }
    #expect(!failedLate)
  }
}
