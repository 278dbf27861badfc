import RouteSimulation
import Testing

@Suite struct `The text of a disturbance` {
  @Test(arguments: [
    ("0s", 0), ("300ms", 300), ("1.5s", 1500), ("20s", 20_000), ("2m", 120_000),
    ("1m30s", 90_000), ("1h", 3_600_000), ("0.25s", 250), ("24h", 86_400_000),
    ("1h0m1.001s", 3_601_001),
  ])
  func `holds durations`(text: String, milliseconds: Int) {
    #expect(TimeText.parse(text) == .milliseconds(milliseconds))
    #expect(
      TimeText.parse(TimeText.write(.milliseconds(milliseconds))) == .milliseconds(milliseconds))
  }

  @Test(arguments: [
    "", "s", "5", "5 s", "-5s", "5x", "1.5ms", "1..5s", ".5s", "5.s", "25h", "24h1ms", "5S",
    "999999999999999999s", "9999999999999999h", "5s3", "٣s",
  ])
  func `holds no other ones`(text: String) {
    #expect(TimeText.parse(text) == nil)
  }

  @Test(arguments: [
    (0, "0s"), (812, "812ms"), (1000, "1s"), (1350, "1.35s"), (90_000, "1m30s"), (60_000, "1m"),
    (3_600_000, "1h"), (3_661_001, "1h1m1.001s"),
  ])
  func `shows durations as people write them`(milliseconds: Int, text: String) {
    #expect(TimeText.write(.milliseconds(milliseconds)) == text)
  }

  @Test func `says what, from when, to when, and how`() throws {
    let bare = try Disturbance.outage("eus2")
    #expect(bare.effect == .outage(.refused) && bare.what == "eus2")
    #expect(bare.from == .zero && bare.to == nil)
    let full = try Disturbance.outage("main/gpt-5.6@10s..1m30s=timeout")
    #expect(full.effect == .outage(.timeout) && full.what == "main/gpt-5.6")
    #expect(full.from == .seconds(10) && full.to == .seconds(90))
    let open = try Disturbance.outage("*@2m..=quota:5m")
    #expect(open.effect == .outage(.quota(reset: .seconds(300))) && open.to == nil)
    #expect(try Disturbance.outage("a=quota").effect == .outage(.quota(reset: nil)))
    #expect(try Disturbance.outage("a=429").effect == .outage(.limited(retryAfter: .seconds(5))))
    #expect(
      try Disturbance.outage("a=429:20s").effect == .outage(.limited(retryAfter: .seconds(20))))
    #expect(try Disturbance.rateLimit("a@0s..1m=60").effect == .rateLimit(60))
    #expect(try Disturbance.latency("a/m@b@5s..=2s").what == "a/m@b")
    #expect(try Disturbance.latency("a=1.5s").effect == .latency(.milliseconds(1500)))
  }

  @Test(arguments: Outage.words) func `takes every word that the documentation has`(word: String)
    throws
  {
    guard case .outage(let outage) = try Disturbance.outage("a=\(word)").effect else {
      return #expect(Bool(false))
    }
    #expect(outage.word == word)
  }

  /// A text, what is said of it, and the carets under it.
  typealias Problem = (text: String, message: String, carets: String)

  static let outages: [Problem] = [
    ("@1s..2s", "it names no target", "^"),
    ("a@5s", "a time is FROM..TO", "  ^^"),
    ("a@..5s", "a duration is missing", "  ^"),
    ("a@5..9s", "\"5\" is no duration", "  ^"),
    ("a@5s..9", "\"9\" is no duration", "      ^"),
    ("a@9s..5s", "over before it begins", "  ^^^^^^"),
    ("a@5s..9s=502", "no outage is called \"502\"", "         ^^^"),
    ("a=", "no outage is called \"\"", "  ^"),
    ("a=cut:5s", "nothing follows cut", "      ^^"),
    ("a=429:x", "\"x\" is no duration", "      ^"),
    ("a=429:", "a duration is missing", "      ^"),
  ]

  @Test(arguments: outages.indices) func `points at what is wrong`(row: Int) {
    let expected = Self.outages[row]
    check(expected) { () throws(TextProblem) in try Disturbance.outage(expected.text) }
  }

  static let others: [(Bool, Problem)] = [
    (true, ("a", "a limit is a whole number", " ^")),
    (true, ("a=", "a limit is a whole number", "  ^")),
    (true, ("a=1.5", "a limit is a whole number", "  ^^^")),
    (true, ("a=-1", "a limit is a whole number", "  ^^")),
    (false, ("a", "a latency is a duration", " ^")),
    (false, ("a=5", "\"5\" is no duration", "  ^")),
  ]

  @Test(arguments: others.indices) func `points at a limit or a latency that is none`(row: Int) {
    let (isLimit, expected) = Self.others[row]
    check(expected) { () throws(TextProblem) in
      isLimit ? try .rateLimit(expected.text) : try .latency(expected.text)
    }
  }

  private func check(_ expected: Problem, _ read: () throws(TextProblem) -> Disturbance) {
    do throws(TextProblem) {
      _ = try read()
      #expect(Bool(false), "\(expected.text) was read")
    } catch {
      let lines = error.description.split(separator: "\n")
      #expect(lines[0].contains(expected.message), "\(error)")
      #expect(lines[1] == "      | \(expected.text)")
      #expect(lines[2] == "      | \(expected.carets)")
    }
  }

  @Test func `names a target, a provider, a deployment or all of them`() throws {
    var fleet = Fleet()
    fleet.add(
      "main",
      [
        .init(id: "one", provider: "east", model: "a"),
        .init(id: "two", provider: "east", model: "b"), .init(id: "one", provider: "west"),
      ], fallbacks: ["other"])
    fleet.add("other", [.init(id: "two", provider: "west", model: "small")])
    let names = fleet.input.names
    #expect(names.entries.map(\.label) == ["main:one", "main:two", "main:one", "other:two"])
    #expect(names.matching("one") == [0, 2])
    #expect(names.matching("other:two") == [3])
    #expect(names.matching("east") == [0, 1])
    #expect(names.matching("west/small") == [3])
    #expect(names.matching("*") == [0, 1, 2, 3])
    #expect(names.matching("north").isEmpty)
  }

  @Test func `that names nobody is told with what was meant`() throws {
    let error = #expect(throws: TextProblem.self) {
      _ = try Simulation.run(Fleet.pair.input, under: .with(try .outage("secnd@5s..9s=500")))
    }
    #expect(
      error?.description == """
        --outage: error: no target or provider is called "secnd". Did you mean "second"?
              | secnd@5s..9s=500
              | ^^^^^
        help: there are first, second, at-first, at-second
        """)
  }
}
