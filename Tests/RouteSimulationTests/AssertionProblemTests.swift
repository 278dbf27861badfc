import RouteSimulation
import Testing

@Suite struct `An assertion that cannot be read` {
  /// A text, what is said of it, the carets under it, and what to do.
  struct Row: Sendable {
    let text: String
    let message: String
    let carets: String
    let help: String

    init(_ text: String, _ carets: String, _ message: String, _ help: String) {
      self.text = text
      self.message = message
      self.carets = carets
      self.help = help
    }
  }

  static let rows = [
    Row(
      "fialed == 0", "^^^^^^", "unknown metric \"fialed\". Did you mean \"failed\"?", "there are"),
    Row("calls > 0 && latency < 2s", "             ^^^^^^^", "unknown metric", "there are calls"),
    Row("served.nobody > 0", "       ^^^^^^", "no target or provider is called", "there are first"),
    Row("share.frist > 5%", "      ^^^^^", "Did you mean \"share.first\"?", "there are first"),
    Row("share > 5%", "^^^^^", "needs to know of which target", "share.NAME"),
    Row("served. > 5", "      ^", "a name is missing", ""),
    Row("calls.first > 5", "     ^^^^^^", "takes no name", "write calls"),
    Row("failed.first > 5", "       ^^^^^", "no failure has the code", "errors.NAME"),
    Row("failed.netwrok > 5", "       ^^^^^^^", "Did you mean \"failed.network\"?", "there are"),
    Row("p99 < 20", "^^^^^^^^", "p99 is a duration and 20 a count", "write 20s or 20ms"),
    Row("p99 < 20%", "^^^^^^^^^", "p99 is a duration and 20% a share", "write a duration"),
    Row("failed < 5s", "^^^^^^^^^^^", "failed is a count", "without a unit"),
    Row("failed < 1%", "^^^^^^^^^^^", "failed is a count and 1% a share", "availability"),
    Row("served.first > 5%", "^^^^^^^^^^^^^^^^^", "is a count and 5% a share", "share.NAME"),
    Row("0.65 <= share.first", "^^^^^^^^^^^^^^^^^^^", "0.65 is a count", "write 65%"),
    Row("availability > 99", "^^^^^^^^^^^^^^^^^", "availability is a share", "write 99%"),
    Row("calls < p99", "^^^^^^^^^^^", "cannot be compared", ""),
    Row("1 < 2", "^^^^^", "neither side is a metric", "there are"),
    Row("failed", "^^^^^^", "neither true nor false", "compare it: failed == 0"),
    Row("p99", "^^^", "neither true nor false", "p99 < 20s"),
    Row("share.first", "^^^^^^^^^^^", "neither true nor false", ">= 65%"),
    Row("failed = 0", "       ^", "\"=\" is no operator", "write =="),
    Row("failed == 0 & calls > 0", "            ^", "\"&\" is no operator", "write &&"),
    Row("failed == 0 and calls > 0", "            ^^^", "\"and\" is no operator", "write &&"),
    Row("not failed == 0", "^^^", "\"not\" is no operator", "write !"),
    Row("p99 =< 5s", "    ^^", "\"=<\" is no operator", "write <="),
    Row("p99 ≤ 5s", "    ^", "\"≤\" is no operator", "write <="),
    Row("p99 <> 5s", "    ^^", "\"<>\" is no operator", "write !="),
    Row("failed 0", "       ^", "an operator is missing before \"0\"", "compare with"),
    Row("failed ==", "         ^", "something is missing at the end", "a metric"),
    Row("", "^", "there is nothing to check", "failed == 0"),
    Row("  ", "  ^", "there is nothing to check", "failed == 0"),
    Row("== 0", "^^", "\"==\" has nothing before it", "failed == 0"),
    Row("&& failed == 0", "^^", "\"&&\" has nothing before it", "failed == 0"),
    Row("failed == 0 calls > 0", "            ^^^^^", "\"calls\" cannot stand here", "&& or ||"),
    Row("(failed == 0", "^", "this parenthesis is not closed", "write )"),
    Row("failed == 0)", "           ^", "no parenthesis is open here", "leave it out"),
    Row("failed == (0)", "          ^", "\"(\" cannot stand here", ""),
    Row("0 < failed < 5", "           ^", "a comparison has two sides", "0 < failed && failed < …"),
    Row("failed == 1,000", "          ^^^^^", "is no number, percentage or duration", "separators"),
    Row("failed == -1", "          ^^", "is no number, percentage or duration", "without a sign"),
    Row("p99 < 5seconds", "      ^^^^^^^^", "is no number, percentage or duration", "1.5s"),
  ]

  @Test(arguments: rows) func `is shown with what, where, why and what to do`(row: Row) throws {
    let error = #expect(throws: TextProblem.self) {
      let assertion = try Assertion(row.text)
      try assertion.check(Fleet.pair.input.names)
    }
    let problem = try #require(error)
    let lines = problem.description.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("--assert: error: "))
    #expect(lines[0].contains(row.message), "\(problem)")
    #expect(lines[1] == "      | \(row.text)")
    #expect(lines[2] == "      | \(row.carets)")
    #expect((problem.help ?? "").contains(row.help), "\(problem)")
  }

  @Test func `is not read to any depth`() {
    let deep = String(repeating: "(", count: 10_000) + "failed == 0"
    #expect(throws: TextProblem.self) { try Assertion(deep) }
    let inverted = String(repeating: "!", count: 10_000) + "failed == 0"
    #expect(throws: TextProblem.self) { try Assertion(inverted) }
    #expect(throws: Never.self) {
      try Assertion(Array(repeating: "failed == 0", count: 2000).joined(separator: " && "))
    }
  }

  @Test func `never crashes the reader, whatever it is`() {
    let pieces = [
      "failed", "p99", "share.first", "20s", "65%", "0", "==", "<", "&&", "||", "!", "(", ")", " ",
      ".", "=", "&", "é", "👩‍👩‍👧", "\t", "served.", "1.5",
    ]
    var number: UInt64 = 42
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<8 {
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int((number >> 33) % UInt64(pieces.count))]
      }
      do throws(TextProblem) {
        let assertion = try Assertion(text)
        #expect(!assertion.comparisons.isEmpty)
      } catch {
        #expect(error.range.upperBound <= text.count)
      }
    }
  }
}
