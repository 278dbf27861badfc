import StatusPage

/// Texts that somebody wrote to disorder a page.
enum Hostile {
  static let texts = [
    "<script>document.title='pwned'</script>", "\"><img src=x onerror=\"document.title='pwned'\">",
    "'onmouseover='alert(1)", "</style></script></title>", "\u{202E}gnorw yaw\u{2066}",
    "&lt;script&gt;", "{{constructor}}${alert(1)}", "a\u{0}b\u{1B}[31mc\r\nd\u{2028}e",
    String(repeating: "W", count: 10_000), String(repeating: "e\u{301}", count: 10_000),
    "שלום עולם", "مرحبا", "😀👩‍👩‍👧‍👦", "]]>-->", "javascript:alert(1)", "",
  ]

  /// All of them, everywhere.
  ///
  /// - Parameter bound: What numbers are that should not be beyond what JavaScript counts exactly.
  /// - Returns: What a board makes of them.
  static func snapshot(bound: Int = .max) -> StatusSnapshot {
    var board = StatusBoard(at: 0)
    for text in texts {
      board.began(at: 1)
      board.ended(
        EndedCall(
          provider: text, target: text, model: text, outcome: text.isEmpty ? "internal" : text,
          duration: .seconds(1), message: text, advice: text, source: text, requestID: text),
        hadStream: false, at: 1)
    }
    let all = texts.joined()
    return board.snapshot(
      gateway: GatewayFacts(
        version: texts[0], started: .min + 1, generation: bound, configuration: texts[1],
        listening: texts + [all]),
      targets: texts.map {
        TargetStatus(
          provider: $0, target: $0, model: $0, state: .cooling(until: .max - 1000), note: $0,
          share: .nan, source: $0)
      }, at: 2000)
  }
}
