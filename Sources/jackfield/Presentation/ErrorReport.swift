import ProviderConfiguration
import TransportHost

/// A failure for people: what was tried, what the upstream said, and last the line of the
/// configuration that is behind it, with the cause and the corrected line.
struct ErrorReport {
  private let failure: CommandFailure
  private var error: CallError { failure.error }

  init(_ failure: CommandFailure) { self.failure = failure }

  /// Writes the report.
  func print(to terminal: Terminal) {
    guard failure.diagnostics.isEmpty else {
      return DiagnosticPrinter(terminal: terminal).print(failure.diagnostics)
    }
    printAttempts(terminal)
    printUpstream(terminal)
    printCause(terminal)
    printSource(terminal)
    printCorrection(terminal)
  }

  private func printAttempts(_ terminal: Terminal) {
    guard let last = error.attempts.last else { return }
    let status = last.status.map { "HTTP \($0)" } ?? (last.isSent ? "no response" : "not sent")
    let count = error.attempts.count
    let parts = [
      last.place, last.model, status, "\(last.total.milliseconds) ms", last.answerFacts ?? "",
      count > 1 ? "the last of \(count) attempts" : "",
    ]
    terminal.line(
      terminal.palette(.faint, parts.filter { !$0.isEmpty }.joined(separator: "  ").harmless))
  }

  private func printUpstream(_ terminal: Terminal) {
    guard let upstream = error.upstream else { return }
    var table = TextTable(indent: 0)
    let words = UpstreamWords.clipped(upstream.message)
    if !words.isEmpty { table.row(.init("it said", .faint), .init(words)) }
    if !upstream.code.isEmpty { table.row(.init("its code", .faint), .init(upstream.code)) }
    for (name, value) in upstream.requestIDs {
      table.row(.init(name, .faint), .init(value))
    }
    if let wait = error.retryAfter {
      // How long state may take is what the transport knows, and nothing that was asked for.
      let asked = error.code == .stateNotReady ? "" : ", it asks"
      table.row(.init("wait", .faint), .init("\(wait.milliseconds) ms\(asked)"))
    }
    table.print(to: terminal)
  }

  private func printCause(_ terminal: Terminal) {
    if error.upstream != nil || !error.attempts.isEmpty { terminal.line() }
    let place = error.source.map { "\($0): " } ?? "jackfield: "
    let pointer = error.pointer.isEmpty ? "" : " (at \(error.pointer) of the request)"
    let palette = terminal.palette
    terminal.line(
      palette(.heading, place.harmless) + palette(.failure, "error: ")
        + palette(.heading, (error.message + pointer).harmless)
        + palette(.faint, " [\(error.code.rawValue)]"))
  }

  private func printSource(_ terminal: Terminal) {
    guard let mark = error.source, let line = failure.host?.sourceLine(mark) else { return }
    let excerpt = SourceExcerpt(line, mark)
    terminal.line(excerpt.numbered)
    terminal.line(excerpt.carets(terminal.palette))
  }

  private func printCorrection(_ terminal: Terminal) {
    guard let (excerpt, text) = correction, let corrected = excerpt.replacing(with: text) else {
      return
    }
    terminal.line(terminal.palette(.faint, "write instead:"))
    terminal.line(terminal.palette(.removed, "     - \(excerpt.text)"))
    for line in corrected.split(separator: "\n", omittingEmptySubsequences: false) {
      terminal.line(terminal.palette(.added, "     + \(line)"))
    }
  }

  /// The error's own correction, else that of the finding at the same place.
  private var correction: (SourceExcerpt, String)? {
    guard let host = failure.host, let mark = error.source else { return nil }
    if let correction = error.correction, let line = host.sourceLine(correction.source) {
      return (SourceExcerpt(line, correction.source), correction.text)
    }
    let finding = host.diagnostics.first { finding in
      finding.line == mark.line && finding.column == mark.column && finding.suggestion != nil
    }
    guard let suggestion = finding?.suggestion, suggestion.line == mark.line,
      let line = host.sourceLine(mark)
    else { return nil }
    return (SourceExcerpt(line, suggestion), suggestion.text)
  }
}

/// What an error body says to people.
enum UpstreamWords {
  /// The words, cut to one screen line or two.
  static func clipped(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 400 ? line.prefix(400) + "…" : line
  }
}
