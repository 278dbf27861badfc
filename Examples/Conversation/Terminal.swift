import Glibc
import TransportHost

/// A calm terminal: bold for names, dim for detail, nothing where there is no terminal.
struct Terminal {
  private let hasColor = unsafe isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil

  func title(_ name: String, _ detail: String) {
    write("\n\(bold(name))  \(dim(detail))\n")
  }

  func step(_ name: String, _ detail: String) {
    write("\n  \(bold(name))\n  \(dim(detail))\n")
  }

  /// Edits by rule: what was done where, and the reason once.
  func edits(_ edits: [Explanation.Edit]) {
    guard !edits.isEmpty else { return write("    \(dim("sent as it is"))\n") }
    var rules: [String] = []
    for edit in edits where !rules.contains(edit.rule) { rules.append(edit.rule) }
    for rule in rules {
      let own = edits.filter { $0.rule == rule }
      let places = own.map { "\($0.action) \($0.pointer)" }.joined(separator: ", ")
      write("    \(rule)  \(dim(places))\n")
      for line in wrapped(own[0].reason, at: 84) { write("      \(dim(line))\n") }
    }
  }

  func answer(_ text: String, isFirst: Bool) { write(isFirst ? "  \(text)" : text) }

  func endAnswer(hadText: Bool) { if hadText { write("\n") } }

  func note(_ text: String) { write("  \(text)\n") }

  private func bold(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  private func dim(_ text: String) -> String { hasColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  private func wrapped(_ text: String, at width: Int) -> [String] {
    text.split(separator: " ").reduce(into: [""]) { lines, word in
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + word.count < width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
  }

  private func write(_ text: String) {
    print(text, terminator: "")
    fflush(nil)
  }
}
