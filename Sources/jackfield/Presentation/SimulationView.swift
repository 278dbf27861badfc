import RouteSimulation
import Routing

/// A simulation's report for people: sums, targets, a plot over time, cooldowns, the worst call.
struct SimulationView {
  /// More changes are counted, not shown.
  static let changeLimit = 16
  /// Cells in a line where nobody says how many there are.
  private static let pipeColumns = 100

  let report: SimulationReport
  let terminal: Terminal
  var palette: Palette { terminal.palette }

  init(_ report: SimulationReport, on terminal: Terminal) {
    self.report = report
    self.terminal = terminal
  }

  /// Writes the report.
  func print() {
    printSums()
    printTargets()
    printPlot()
    printChanges()
    printWorst()
  }

  /// A heading; a note that has no room beside it stands below.
  func section(_ name: String, _ note: String = "") {
    terminal.line()
    let room = (terminal.columns ?? .max) - name.count - 2
    guard note.count > room else {
      let beside = note.isEmpty ? "" : "  " + palette(.faint, note.harmless)
      return terminal.line(palette(.heading, name) + beside)
    }
    terminal.line(palette(.heading, name))
    for line in note.harmless.wrapped(to: max(room + name.count, 24)) {
      terminal.line("  " + palette(.faint, line))
    }
  }

  // MARK: - Sums

  private func printSums() {
    let scenario = report.scenario
    let about = [
      "\(report.calls.count) calls in \(TimeText.write(scenario.length))",
      "\(scenario.rate.short) a second", "seed \(scenario.seed)",
    ]
    terminal.line(
      palette(.heading, report.model.harmless) + "  "
        + palette(.faint, about.joined(separator: ", ")))
    var table = TextTable()
    table.row(.init("served", .faint), .init(served, report.failed == 0 ? .success : .failure))
    table.row(.init("attempts", .faint), .init(attempts))
    table.row(.init("waits", .faint), .init(waits))
    table.row(.init("latency", .faint), .init(latency))
    table.print(to: terminal)
  }

  private var served: String {
    let text =
      "\(report.served) of \(report.calls.count), \(share(report.served, of: report.calls.count))"
    return report.failed == 0 ? text : text + "; \(report.failed) failed: \(report.failures.list)"
  }

  private var attempts: String {
    let reasons = AttemptReason.allCases.compactMap { reason in
      report.reasons[reason].map { "\($0) \(reason.rawValue)" }
    }
    return "\(report.attempts): \(reasons.joined(separator: ", "))"
  }

  private var waits: String {
    guard !report.waits.isEmpty else { return "none" }
    return report.waits.map { wait in
      "\(wait.count) \(wait.purpose.word), \(wait.total.words) in all, longest \(wait.longest.words)"
    }.joined(separator: "; ")
  }

  private var latency: String {
    let shares: [(Percentile, String)] = [
      (.p50, "p50"), (.p90, "p90"), (.p99, "p99"), (.max, "longest"),
    ]
    let times = shares.compactMap { share, name in
      report.latency(share).map { "\(name) \($0.words)" }
    }
    return times.isEmpty ? "none" : times.joined(separator: ", ")
  }

  // MARK: - Targets

  private func printTargets() {
    section("targets")
    let isWide = terminal.columns ?? Self.pipeColumns >= Self.pipeColumns
    var (table, notes) = (TextTable(), TextTable())
    let head = ["served", "share", "attempts", "failed", "busiest", "p50", "p99", "longest"]
    table.row([.init("", .faint)] + head.map { .init($0, .faint, isNumber: true) } + [.init("")])
    for target in report.targets {
      let note = self.notes(target)
      table.row(
        [.init(target.label)] + numbers(target).map { .init($0, isNumber: true) }
          + [.init(isWide ? note : "", .faint)])
      notes.row(.init(target.label), .init(note, .faint))
    }
    table.print(to: terminal)
    if !isWide { notes.print(to: terminal) }
  }

  private func numbers(_ target: TargetReport) -> [String] {
    let times = [Percentile.p50, .p99, .max].map { target.firstEvent($0)?.words ?? "-" }
    return [
      "\(target.served)", share(target.served, of: report.served), "\(target.attempts)",
      "\(target.failed)", "\(target.busiest)",
    ] + times
  }

  private func notes(_ target: TargetReport) -> String {
    [target.target.source, target.failures.list].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// A part in percent.
  private func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "-" : (Double(part) * 100 / Double(whole)).short + "%"
  }

  // MARK: - Plot

  private func printPlot() {
    let plot = TimePlot(
      report, width: terminal.columns ?? Self.pipeColumns, palette: terminal.palette)
    section("answers over time", plot.caption)
    for line in plot.lines { terminal.line(line) }
  }
}
