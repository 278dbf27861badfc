import RouteSimulation

/// What a simulation says to the assertions, for people.
struct VerdictView {
  private let verdicts: [Assertion.Verdict]
  private let terminal: Terminal

  init(_ verdicts: [Assertion.Verdict], on terminal: Terminal) {
    self.verdicts = verdicts
    self.terminal = terminal
  }

  /// Writes each assertion with the values of its metrics; of one that does not hold, the comparisons that
  /// do not.
  func print() {
    guard !verdicts.isEmpty else { return }
    terminal.line()
    terminal.heading("assertions")
    for verdict in verdicts {
      let word = verdict.holds ? "holds" : "FAILS"
      terminal.line(
        "  " + terminal.palette(verdict.holds ? .success : .failure, word) + "  "
          + verdict.assertion.text.harmless)
      if !verdict.holds { terminal.line("         " + carets(verdict)) }
      printValues(verdict)
    }
  }

  /// A mark under each comparison that does not hold.
  private func carets(_ verdict: Assertion.Verdict) -> String {
    var cells = [Character](repeating: " ", count: verdict.assertion.text.count)
    for part in verdict.parts where !part.holds {
      for place in part.comparison.range { cells[place] = "^" }
    }
    let end = cells.lastIndex(of: "^") ?? -1
    return terminal.palette(.failure, String(cells[...end]))
  }

  private func printValues(_ verdict: Assertion.Verdict) {
    var table = TextTable(indent: 9)
    for part in verdict.parts {
      for (metric, value) in part.measured {
        table.row(
          .init(metric.text), .init("is"),
          .init(value?.description ?? "nothing: there is none", part.holds ? .plain : .failure))
      }
    }
    table.print(to: terminal)
  }
}
