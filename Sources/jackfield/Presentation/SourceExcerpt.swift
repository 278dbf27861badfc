import ProviderConfiguration

/// A line of the configuration with the stretch that is meant.
struct SourceExcerpt {
  /// The line, fit for a terminal.
  let text: String
  private let mark: Mark

  init(_ line: String, _ mark: Mark) {
    text = line.harmless
    self.mark = mark
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
    guard mark.endLine == mark.line else { return nil }
    return string(scalars[..<start]) + value + string(scalars[end...])
  }

  private var scalars: [Unicode.Scalar] { Array(text.unicodeScalars) }
  private var start: Int { min(max(mark.column - 1, 0), scalars.count) }

  private var end: Int {
    guard mark.endLine == mark.line else { return scalars.count }
    return min(max(mark.endColumn - 1, start), scalars.count)
  }

  private var gutter: String {
    let number = String(mark.line)
    return String(repeating: " ", count: max(0, 5 - number.count)) + number
  }

  private func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: part)
    return String(view)
  }
}
