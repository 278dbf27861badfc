import TransportHost

/// A doctor's report for people: a section a heading, what is to be done behind an arrow.
struct DoctorView {
  private let report: DoctorReport
  private let terminal: Terminal

  init(_ report: DoctorReport, on terminal: Terminal) {
    self.report = report
    self.terminal = terminal
  }

  /// Writes the report.
  func print() {
    for section in report.sections where !section.findings.isEmpty {
      terminal.heading(section.name)
      var table = TextTable()
      for finding in section.findings { add(finding, to: &table) }
      table.print(to: terminal)
      terminal.line()
    }
    terminal.line(verdict)
  }

  private func add(_ finding: DoctorReport.Finding, to table: inout TextTable) {
    let words = finding.source.map { "\(finding.message)  (\($0))" } ?? finding.message
    table.row(
      .init(finding.severity.rawValue, finding.severity.style), .init(finding.subject),
      .init(finding.severity == .ok ? finding.message : words))
    guard let advice = finding.advice else { return }
    table.row(.init(""), .init(""), .init("→ \(advice)", .faint))
  }

  private var verdict: String {
    let counts = [(report.count(.error), "error"), (report.count(.warning), "warning")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    guard !counts.isEmpty else { return terminal.palette(.success, "nothing is wrong") }
    return terminal.palette(
      report.count(.error) > 0 ? .failure : .warning, counts.joined(separator: ", "))
  }
}

extension DoctorReport.Severity {
  fileprivate var style: Palette.Style {
    switch self {
    case .ok: .success
    case .warning: .warning
    case .error: .failure
    }
  }
}
