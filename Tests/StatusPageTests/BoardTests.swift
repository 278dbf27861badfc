import StatusPage
import Testing

@Suite struct `What the board remembers` {
  static let start: Int64 = 1_780_315_200_000
  static let gateway = GatewayFacts(
    version: "1", started: start, generation: 1, configuration: "", listening: [])

  static func ok(_ milliseconds: Int64, first: Int64? = nil) -> EndedCall {
    EndedCall(
      provider: "p", target: "t", outcome: "ok", duration: .milliseconds(milliseconds),
      firstEvent: first.map { .milliseconds($0) }, inputTokens: 100, outputTokens: 10)
  }

  static func failed(_ message: String, _ code: String = "overloaded") -> EndedCall {
    EndedCall(
      provider: "p", target: "t", model: "m", outcome: code, duration: .seconds(9),
      message: message, advice: "Wait.", source: "providers.yaml:1:2", requestID: "r")
  }

  func snapshot(_ board: inout StatusBoard, _ seconds: Int64) -> StatusSnapshot {
    board.snapshot(gateway: Self.gateway, targets: [], at: Self.start + seconds * 1000)
  }

  @Test func `calls lie in the ten seconds in which they ended`() {
    var board = StatusBoard(at: Self.start)
    for second in [0, 9, 10, 25] as [Int64] {
      board.began(at: Self.start)
      board.ended(Self.ok(5), hadStream: false, at: Self.start + second * 1000)
    }
    board.ended(Self.failed("x"), hadStream: false, at: Self.start + 25_000)
    let shown = snapshot(&board, 31)
    #expect(shown.points.count == 180)
    #expect(shown.points.suffix(5).map(\.calls) == [0, 2, 1, 2, 0])
    #expect(shown.points.suffix(5).map(\.failures) == [0, 0, 0, 1, 0])
    #expect(shown.points.suffix(2).map(\.inputTokens) == [100, 0])
    #expect(shown.start + 179 * 10_000 == Self.start + 30_000)
  }

  @Test func `after half an hour a row is gone, and after a day all are`() {
    var board = StatusBoard(at: Self.start)
    board.ended(Self.ok(5), hadStream: false, at: Self.start)
    #expect(snapshot(&board, 1799).points.map(\.calls).reduce(0, +) == 1)
    #expect(snapshot(&board, 1800).points.map(\.calls).reduce(0, +) == 0)
    board.ended(Self.ok(5), hadStream: false, at: Self.start + 1_800_000)
    let later = snapshot(&board, 86_400)
    #expect(later.points.allSatisfy { $0.calls == 0 && $0.p50 == nil })
    #expect(later.summary.calls == 0)
    #expect(later.summary.failureShare == nil)
  }

  @Test func `streams that are open were open in every row since`() {
    var board = StatusBoard(at: Self.start)
    for second in [1, 2, 3] as [Int64] {
      board.began(at: Self.start + second * 1000)
      board.streamOpened(at: Self.start + second * 1000)
    }
    board.ended(Self.ok(5), hadStream: true, at: Self.start + 12_000)
    let shown = snapshot(&board, 35)
    #expect(shown.points.suffix(5).map(\.streams) == [0, 3, 3, 2, 2])
    #expect((shown.streams, shown.inFlight) == (2, 2))
  }

  @Test func `more ends than beginnings leave nothing below zero`() {
    var board = StatusBoard(at: Self.start)
    board.ended(Self.ok(5), hadStream: true, at: Self.start)
    let shown = snapshot(&board, 1)
    #expect((shown.streams, shown.inFlight) == (0, 0))
  }

  @Test func `a time that lies before counts as now`() {
    var board = StatusBoard(at: Self.start + 60_000)
    board.ended(Self.ok(5), hadStream: false, at: Self.start)
    board.ended(Self.ok(5), hadStream: false, at: .min)
    let shown = snapshot(&board, 0)
    #expect(shown.points.last?.calls == 2)
    #expect(shown.now == Self.start + 60_000)
  }

  @Test(arguments: [1, 15, 16, 17, 100, 999, 4321, 60_000, 599_999, 4_000_000, 99_999_999])
  func `a percentile is right to 3.2 percent up to seventy minutes`(value: Int64) throws {
    var board = StatusBoard(at: Self.start)
    board.ended(Self.ok(value, first: value), hadStream: false, at: Self.start)
    let summary = snapshot(&board, 1).summary
    let real = Double(min(value, 4_194_304))
    for shown in [summary.p50, summary.p99, summary.firstP50, summary.firstP99] {
      let shown = Double(try #require(shown))
      #expect(abs(shown - real) <= max(0.5, real * 0.032), "\(shown)")
    }
  }

  @Test func `percentiles are of answers, and each row's of the minute up to it`() throws {
    var board = StatusBoard(at: Self.start)
    for number in 1...99 as ClosedRange<Int64> {
      board.ended(Self.ok(number < 51 ? 10 : 12), hadStream: false, at: Self.start)
    }
    board.ended(Self.ok(2000), hadStream: false, at: Self.start + 10_000)
    board.ended(Self.failed("x"), hadStream: false, at: Self.start + 10_000)
    let shown = snapshot(&board, 70)
    #expect(shown.summary.p50 == 10)
    #expect(shown.summary.p99 == 12)
    #expect(shown.points.suffix(8).map(\.p50) == [10, 10, 10, 10, 10, 10, 2016, nil])
  }

  @Test func `figures are of the last five minutes`() {
    var board = StatusBoard(at: Self.start)
    board.ended(Self.failed("old"), hadStream: false, at: Self.start)
    for second in 0..<60 as Range<Int64> {
      board.ended(Self.ok(5), hadStream: false, at: Self.start + (600 + second) * 1000)
    }
    let summary = snapshot(&board, 700).summary
    // 29 whole rows: the one that has just begun is empty.
    #expect(abs(summary.callsPerMinute - 60 / (290.0 / 60)) < 1e-9)
    #expect(abs(summary.inputPerMinute - 6000 / (290.0 / 60)) < 1e-9)
    #expect(summary.failureShare == 0)
    #expect((summary.calls, summary.failures) == (61, 1))
  }

  @Test func `the last twenty errors are kept, and the same one is counted`() {
    var board = StatusBoard(at: Self.start)
    for number in 0..<30 as Range<Int64> {
      board.ended(Self.failed("\(number)"), hadStream: false, at: Self.start + number * 1000)
    }
    board.ended(Self.failed("25"), hadStream: false, at: Self.start + 40_000)
    board.ended(Self.failed("25", "auth"), hadStream: false, at: Self.start + 41_000)
    let errors = snapshot(&board, 60).errors
    #expect(errors.count == 20)
    #expect(errors.map(\.message).prefix(4) == ["25", "25", "29", "28"])
    #expect(errors.map(\.count).prefix(4) == [1, 2, 1, 1])
    #expect(errors[1].time == Self.start + 40_000)
    #expect(errors[1].code == "overloaded")
    #expect(errors[1].target == "p / t")
  }

  @Test func `targets are told apart, as many as there is room for`() {
    var board = StatusBoard(at: Self.start)
    for number in 0..<1000 {
      board.ended(
        EndedCall(
          provider: "p", target: "\(number % 100)", outcome: number < 100 ? "auth" : "ok",
          duration: .zero), hadStream: false, at: Self.start)
    }
    let targets = [0, 63, 64].map {
      TargetStatus(provider: "p", target: "\($0)", model: "m", state: .open)
    }
    let shown = board.snapshot(gateway: Self.gateway, targets: targets, at: Self.start)
    #expect(shown.targets.map(\.calls) == [10, 10, 0])
    #expect(shown.targets.map(\.failures) == [1, 1, 0])
  }

  @Test func `texts are of bounded length and in one line`() {
    let shown = Hostile.snapshot()
    let texts =
      shown.errors.flatMap { [$0.code, $0.target, $0.model, $0.message, $0.advice, $0.source] }
      + shown.targets.flatMap { [$0.provider, $0.target, $0.model, $0.note, $0.source] }
      + shown.gateway.listening + [shown.gateway.version]
    for text in texts {
      #expect(text.unicodeScalars.count <= 401)
      #expect(
        !text.unicodeScalars.contains { $0.value < 32 || $0 == "\u{202E}" || $0 == "\u{2028}" })
    }
    #expect(texts.contains("\u{FFFD}gnorw yaw\u{FFFD}"))
    #expect(texts.contains(String(repeating: "W", count: 120) + "…"))
    #expect(texts.contains("שלום עולם"))
    #expect(shown.gateway.listening.count == 8)
    #expect(shown.targets.allSatisfy { $0.share == nil })
  }

  @Test func `tokens without end stay at the end`() {
    var board = StatusBoard(at: Self.start)
    for tokens in [Int64.max, .max, -5] {
      var call = Self.ok(1)
      (call.inputTokens, call.outputTokens) = (tokens, tokens)
      call.duration = .seconds(tokens)
      board.ended(call, hadStream: false, at: Self.start)
    }
    #expect(snapshot(&board, 1).points.last?.inputTokens == .max)
  }
}
