/// A source line made fit for a terminal: no control characters, a bounded length, known widths.
struct DisplayLine {
  /// The longest line that is shown whole, in scalars; of a longer one, a window is.
  static let limit = 120

  private let scalars: [Unicode.Scalar]
  private let first: Int

  init(_ text: String) {
    self.init(text.unicodeScalars.map(DisplayLine.harmless), first: 0)
  }

  private init(_ scalars: [Unicode.Scalar], first: Int) {
    self.scalars = scalars
    self.first = first
  }

  /// The part of the line around a column, with `…` where something is left out.
  func window(around column: Int) -> DisplayLine {
    guard scalars.count > DisplayLine.limit else { return self }
    let start = min(max(0, column - 1 - DisplayLine.limit / 2), scalars.count - DisplayLine.limit)
    let end = start + DisplayLine.limit
    var part = Array(scalars[start..<end])
    if start > 0 { part[0] = "…" }
    if end < scalars.count { part[part.count - 1] = "…" }
    return DisplayLine(part, first: start)
  }

  var text: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  var trimmed: String {
    var rest = scalars[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: rest)
    return String(text)
  }

  /// Blanks as wide as what stands before the column; tabs stay tabs.
  func padding(to column: Int) -> String {
    let before = scalars.prefix(max(0, column - 1 - first))
    return before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: width($0)) }.joined()
  }

  /// A caret under each cell from one column up to another; at least one.
  func carets(_ column: Int, _ endColumn: Int) -> String {
    let start = min(max(0, column - 1 - first), scalars.count)
    let end = min(max(start, endColumn - 1 - first), scalars.count)
    let cells = scalars[start..<end].reduce(0) { $0 + width($1) }
    return String(repeating: "^", count: max(1, cells))
  }

  /// Escape sequences in a file must not reach the terminal.
  private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.properties.generalCategory {
    case .control where scalar != "\t", .lineSeparator, .paragraphSeparator, .format: "\u{FFFD}"
    default: scalar
    }
  }

  /// Terminal cells of a scalar: 0 for combining marks, 2 for wide ones, else 1.
  ///
  /// - Source: the blocks that Unicode's East Asian Width property calls wide, and emoji.
  private func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
