import RouteSimulation
import Routing

extension SimulationView {
  // MARK: - Cooldowns

  func printChanges() {
    guard !report.changes.isEmpty else { return }
    section("left alone")
    let rows = CooldownRow.rows(report)
    var table = TextTable()
    for row in rows.prefix(Self.changeLimit) {
      table.row(
        .init(row.time.words, .faint, isNumber: true), .init(row.word, row.style),
        .init(row.scope.word), .init(row.name, .place), .init(row.note))
    }
    table.print(to: terminal)
    let rest = rows.count - Self.changeLimit
    if rest > 0 { terminal.line(palette(.faint, "  and \(rest) more; --json has them all")) }
  }

  // MARK: - The worst call

  func printWorst() {
    guard let worst = report.worst else { return }
    section("longest wait of a client", "\(worst.latency.words), \(about(worst))")
    var table = TextTable()
    for step in worst.story.steps { add(step, to: &table) }
    table.print(to: terminal)
  }

  private func about(_ worst: SimulationReport.Worst) -> String {
    let ending =
      switch worst.ending {
      case .served(let target): "served by \(report.targets[target].label)"
      case .failed(let code): "failed: \(code.rawValue)"
      }
    return "call \(worst.story.number) at \(worst.story.arrived.words), \(ending)"
  }

  private func add(_ step: CallStory.Step, to table: inout TextTable) {
    switch step {
    case .attempt(let attempt):
      table.row(
        .init(attempt.began.words, .faint, isNumber: true),
        .init(report.targets[attempt.target].label),
        .init("took " + attempt.length.words, .faint),
        .init(
          attempt.failure?.rawValue ?? "answered", attempt.failure == nil ? .success : .failure),
        .init(attempt.reason.words + (attempt.isProbe ? ", a probe" : ""), .faint))
    case .wait(let purpose, let began, let length):
      table.row(
        .init(began.words, .faint, isNumber: true), .init("nobody", .faint),
        .init("took " + length.words, .faint),
        .init(purpose.word), .init(""))
    }
  }
}

extension [FailureCode: Int] {
  /// The codes with their numbers, the most frequent first.
  var list: String {
    sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
  }
}
