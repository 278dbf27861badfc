import ProviderConfiguration

/// Prints findings as compilers do, with the severity in colour.
struct DiagnosticPrinter {
  let terminal: Terminal

  /// The findings in order, a blank line between two.
  func print(_ diagnostics: [Diagnostic]) {
    for (number, diagnostic) in diagnostics.enumerated() {
      if number > 0 { terminal.line() }
      terminal.line(rendered(diagnostic))
    }
  }

  private func rendered(_ diagnostic: Diagnostic) -> String {
    let text = diagnostic.description.harmless
    let front = "\(diagnostic.source): \(diagnostic.severity.rawValue):".harmless
    guard text.hasPrefix(front) else { return text }
    let style: Palette.Style = diagnostic.severity == .error ? .failure : .warning
    let palette = terminal.palette
    let rest = text.dropFirst(front.count).split(
      separator: "\n", omittingEmptySubsequences: false)
    let head =
      palette(.heading, diagnostic.source.harmless + ":") + " "
      + palette(style, diagnostic.severity.rawValue + ":") + palette(.heading, String(rest[0]))
    let tail = rest.dropFirst().map { line in
      line.contains("^") && line.allSatisfy { " |^\t".contains($0) }
        ? palette(style, String(line)) : String(line)
    }
    return ([head] + tail).joined(separator: "\n")
  }
}
