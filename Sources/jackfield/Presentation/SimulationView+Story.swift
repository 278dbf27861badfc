import RouteSimulation
import Routing

extension SimulationView {
  // MARK: - Cooldowns

  func printChanges() {
    guard !report.changes.isEmpty else { return }
    section("left alone", "\(report.changes.count) changes")
    var table = TextTable()
    for change in report.changes.prefix(Self.changeLimit) { add(change, to: &table) }
    table.print(to: terminal)
    let rest = report.changes.count - Self.changeLimit
    if rest > 0 { terminal.line(palette(.faint, "  and \(rest) more; --json has them all")) }
  }

  private func add(_ change: CooldownChange, to table: inout TextTable) {
    table.row(
      .init(change.time.words, .faint), .init(change.kind.word, change.kind.style),
      .init(change.scope.word), .init(change.name, .place), .init(note(change)))
  }

  private func note(_ change: CooldownChange) -> String {
    switch change.kind {
    case .opened(let opening):
      let stated = opening.isStated ? ", as the upstream said" : ""
      let times = opening.extensions == 0 ? "" : ", put off \(opening.extensions) times"
      return "until \(opening.until.words): \(opening.cause.rawValue)\(stated)\(times)"
    case .probed(let call, let target, let failure):
      let outcome = failure.map { "failed: \($0.rawValue)" } ?? "answered"
      return "\(outcome), call \(call) at \(report.targets[target].label)"
    case .closed: return ""
    }
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
        .init("+" + attempt.began.words, .faint), .init(report.targets[attempt.target].label),
        .init(attempt.length.words, .faint),
        .init(attempt.failure?.rawValue ?? "answered", attempt.failure == nil ? .success : .failure),
        .init(attempt.reason.words + (attempt.isProbe ? ", a probe" : ""), .faint))
    case .wait(let purpose, let began, let length):
      table.row(
        .init("+" + began.words, .faint), .init("waits", .faint), .init(length.words, .faint),
        .init(purpose.word), .init(""))
    }
  }
}

extension CooldownChange.Kind {
  fileprivate var word: String {
    switch self {
    case .opened: "opened"
    case .probed: "probe"
    case .closed: "closed"
    }
  }

  fileprivate var style: Palette.Style {
    switch self {
    case .opened: .warning
    case .probed: .plain
    case .closed: .success
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
