import ProviderConfiguration

/// A line of the configuration with the stretch that is meant.
struct SourceExcerpt {
  /// The line, fit for a terminal.
  let text: String
  private let line: Int
  private let column: Int
  private let endLine: Int
  private let endColumn: Int

  /// A line and a stretch that begins in it.
  init(_ text: String, _ mark: Mark) {
    self.text = text.harmless
    (line, column) = (mark.line, mark.column)
    (endLine, endColumn) = (mark.endLine, mark.endColumn)
  }

  /// A line and the stretch that a suggestion replaces.
  init(_ text: String, _ suggestion: Diagnostic.Suggestion) {
    self.text = text.harmless
    (line, column) = (suggestion.line, suggestion.column)
    (endLine, endColumn) = (suggestion.endLine, suggestion.endColumn)
  }

  /// The line behind its number.
  var numbered: String { "\(gutter) | \(text)" }

  /// Carets under the stretch, as far as it stands on this line.
  func carets(_ palette: Palette) -> String {
    let before = scalars.prefix(start).map { $0 == "\t" ? "\t" : " " }.joined()
    let blanks = String(repeating: " ", count: gutter.count)
    let count = max(1, end - start)
    return "\(blanks) | \(before)\(palette(.failure, String(repeating: "^", count: count)))"
  }

  /// The line with another text in the stretch's place; nil when it goes on in the next line.
  func replacing(with value: String) -> String? {
    guard endLine == line else { return nil }
    return string(scalars[..<start]) + value + string(scalars[end...])
  }

  private var scalars: [Unicode.Scalar] { Array(text.unicodeScalars) }
  private var start: Int { min(max(column - 1, 0), scalars.count) }

  private var end: Int {
    guard endLine == line else { return scalars.count }
    return min(max(endColumn - 1, start), scalars.count)
  }

  private var gutter: String {
    let number = String(line)
    return String(repeating: " ", count: max(0, 5 - number.count)) + number
  }

  private func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: part)
    return String(view)
  }
}
