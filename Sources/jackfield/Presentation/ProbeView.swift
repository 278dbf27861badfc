import TransportHost

/// A probe's report for people: the steps, what was tried besides, and last the entry that is right.
struct ProbeView {
  private let report: ProbeReport
  private let terminal: Terminal

  init(_ report: ProbeReport, on terminal: Terminal) {
    self.report = report
    self.terminal = terminal
  }

  /// Writes the report.
  func print() {
    let about = [report.plugin, report.model, report.url].filter { !$0.isEmpty }
    terminal.line(
      terminal.palette(.heading, report.provider) + "  "
        + terminal.palette(.faint, about.joined(separator: "  ").harmless))
    var table = TextTable()
    for step in report.steps { add(step, to: &table) }
    table.print(to: terminal)
    printTrials()
    printEntry()
    terminal.line()
    terminal.line(verdict)
  }

  private func add(_ step: ProbeReport.Step, to table: inout TextTable) {
    let time = step.duration.map { "\($0.milliseconds) ms" } ?? ""
    let isWrong = step.verdict == .failed || step.verdict == .warning
    let place = isWrong ? step.source.map { "  (\($0))" } ?? "" : ""
    table.row(
      .init(step.verdict.rawValue, step.verdict.style), .init(step.subject.words),
      .init(time, .faint),
      .init(step.message + place, step.verdict == .skipped ? .faint : .plain))
    guard let advice = step.advice else { return }
    table.row(.init(""), .init(""), .init(""), .init("→ \(advice)", .faint))
  }

  private func printTrials() {
    guard !report.trials.isEmpty else { return }
    terminal.line()
    terminal.heading("tried at the same host")
    var table = TextTable()
    for trial in report.trials {
      table.row(
        .init(trial.worked ? "works" : "no", trial.worked ? .success : .faint),
        .init(trial.reason), .init(trial.worked ? trial.url : trial.message, .faint))
    }
    table.print(to: terminal)
  }

  private func printEntry() {
    guard let entry = report.entry else { return }
    terminal.line()
    terminal.heading(entry.evidence.words)
    for line in entry.yaml.split(separator: "\n") {
      terminal.line(terminal.palette(.added, String(line).harmless))
    }
  }

  private var verdict: String {
    if let code = report.code {
      return terminal.palette(.failure, "\(report.provider) does not work: \(code.rawValue)")
    }
    return report.entry == nil
      ? terminal.palette(.success, "\(report.provider) works")
      : terminal.palette(.warning, "\(report.provider) works, and its entry could be better")
  }
}

extension ProbeReport.Entry.Evidence {
  fileprivate var words: String {
    switch self {
    case .answered: "the entry that was answered"
    case .certain: "the entry that is right"
    case .further: "the entry that came further"
    }
  }
}

extension ProbeReport.Verdict {
  fileprivate var style: Palette.Style {
    switch self {
    case .ok: .success
    case .warning: .warning
    case .failed: .failure
    case .skipped: .faint
    }
  }
}

extension ProbeReport.Subject {
  /// The step for people.
  fileprivate var words: String {
    switch self {
    case .dns, .tcp, .tls: rawValue.uppercased()
    case .apiVersion: "version"
    case .rateLimits: "rate limits"
    default: rawValue
    }
  }
}
