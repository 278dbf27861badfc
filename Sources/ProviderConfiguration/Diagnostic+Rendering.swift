extension Diagnostic: CustomStringConvertible {
  /// The finding as people read it: place and message, the source line, a caret underline, and what
  /// to do; lines are joined by LF, without one at the end.
  public var description: String {
    var lines = ["\(source): \(severity.rawValue): \(message)"]
    if let excerpt { lines += underlined(DisplayLine(excerpt)) }
    if let help { lines.append("help: \(help)") }
    if let correction { lines.append("help: write: \(correction)") }
    return lines.joined(separator: "\n")
  }

  private func underlined(_ excerpt: DisplayLine) -> [String] {
    let window = excerpt.window(around: column)
    let number = String(line)
    let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number
    let blank = String(repeating: " ", count: gutter.count)
    return [
      "\(gutter) | \(window.text)",
      "\(blank) | \(window.padding(to: column))\(window.carets(column, endColumn))",
    ]
  }

  /// The source line as it would read with the suggestion; nil where it would not help a reader.
  private var correction: String? {
    guard let excerpt, let suggestion, suggestion.line == line else { return nil }
    let scalars = Array(excerpt.unicodeScalars)
    let start = min(suggestion.column - 1, scalars.count)
    let end =
      suggestion.endLine == line ? min(suggestion.endColumn - 1, scalars.count) : scalars.count
    if suggestion.text.isEmpty && suggestion.endLine != line { return nil }
    if suggestion.text.contains("\n") {
      // One line, with the line end and the indentation that put it in its place.
      let lines = suggestion.text.split(separator: "\n").map { DisplayLine(String($0)).trimmed }
        .filter { !$0.isEmpty }
      return lines.count == 1 ? lines[0] : nil
    }
    var corrected = String.UnicodeScalarView()
    corrected.append(contentsOf: scalars[..<start])
    corrected.append(contentsOf: suggestion.text.unicodeScalars)
    corrected.append(contentsOf: scalars[max(start, end)...])
    let line = DisplayLine(String(corrected)).trimmed
    return line.count <= DisplayLine.limit ? line : suggestion.text
  }
}
