import ProviderConfiguration
import TransportHost

/// An explanation for people: what goes on the wire first, then why.
struct ExplanationView {
  private let explanation: Explanation
  private let terminal: Terminal
  private var palette: Palette { terminal.palette }

  init(_ explanation: Explanation, on terminal: Terminal) {
    self.explanation = explanation
    self.terminal = terminal
  }

  /// Writes everything.
  func print() {
    terminal.line(
      palette(.success, explanation.method) + " " + palette(.heading, explanation.url.harmless))
    printHeaders()
    printRoute()
    printTransport()
    printEdits()
    printWarnings()
    printBody()
  }

  private func section(_ name: String, _ note: String = "") {
    terminal.line()
    terminal.line(palette(.heading, name) + (note.isEmpty ? "" : "  " + palette(.faint, note)))
  }

  private func printHeaders() {
    var table = TextTable()
    for header in explanation.headers {
      table.row(
        .init(header.name, .faint),
        .init(header.value, header.value.contains("{credential:") ? .place : .plain))
    }
    table.print(to: terminal)
  }

  private func printRoute() {
    section("route", explanation.model)
    RouteTable(explanation.route).print(to: terminal)
  }

  private func printTransport() {
    section("transport")
    var table = TextTable()
    table.row(
      .init(explanation.plugin), .init(explanation.version),
      .init(explanation.file ?? "linked into this program", .place))
    table.print(to: terminal)
  }

  private func printEdits() {
    guard !explanation.edits.isEmpty else {
      return section("edits", explanation.body == nil ? "" : "none: the body is sent as it came")
    }
    section("edits", "\(explanation.edits.count)")
    EditTable(explanation.edits).print(to: terminal)
  }

  private func printWarnings() {
    guard !explanation.warnings.isEmpty else { return }
    section("warnings")
    for warning in explanation.warnings {
      let lines = terminal.columns.map { warning.harmless.wrapped(to: max($0 - 4, 24)) }
      for (number, line) in (lines ?? [warning.harmless]).enumerated() {
        terminal.line((number == 0 ? palette(.warning, "  ! ") : "    ") + line)
      }
    }
  }

  private func printBody() {
    guard let body = explanation.body else { return section("body", "none") }
    section("body", "\(body.count) bytes, laid out; --raw-body - writes them as they are")
    let lines = JSONLayout(body, width: (terminal.columns ?? 100) - 2).lines
    for line in lines.prefix(JSONLayout.lineLimit) { terminal.line("  " + line) }
    if lines.count > JSONLayout.lineLimit {
      terminal.line(
        palette(.faint, "  and \(lines.count - JSONLayout.lineLimit) more lines"))
    }
  }
}
