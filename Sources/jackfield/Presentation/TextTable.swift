/// Columns under each other; the last one is wrapped where a terminal is narrow.
struct TextTable {
  /// A text and what it is.
  struct Cell {
    let text: String
    let style: Palette.Style
    /// Whether it ends where its column ends, as numbers do; not in the last column.
    let isNumber: Bool

    init(_ text: String, _ style: Palette.Style = .plain, isNumber: Bool = false) {
      self.text = text.harmless
      self.style = style
      self.isNumber = isNumber
    }
  }

  private var rows: [[Cell]] = []
  /// Blanks in front of each line.
  private let indent: Int

  init(indent: Int = 2) { self.indent = indent }

  /// Adds a row; each has as many cells as the first.
  mutating func row(_ cells: Cell...) { rows.append(cells) }

  /// Adds a row; it has as many cells as the first.
  mutating func row(_ cells: [Cell]) { rows.append(cells) }

  /// Whether no row was added.
  var isEmpty: Bool { rows.isEmpty }

  /// Writes the table.
  func print(to terminal: Terminal) {
    for line in lines(terminal) { terminal.line(line) }
  }

  private func lines(_ terminal: Terminal) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].text.count }.max() ?? 0
    }
    let start = indent + widths.dropLast().reduce(0) { $0 + ($1 == 0 ? 0 : $1 + 2) }
    let room = terminal.columns.map { max($0 - start, 24) }
    return rows.flatMap { cells -> [String] in
      var line = String(repeating: " ", count: indent)
      for (cell, width) in zip(cells.dropLast(), widths) where width > 0 {
        let blanks = String(repeating: " ", count: width - cell.text.count)
        let text = terminal.palette(cell.style, cell.text)
        line += (cell.isNumber ? blanks + text : text + blanks) + "  "
      }
      guard let last = cells.last else { return [line] }
      let parts = room.map(last.text.wrapped(to:)) ?? [last.text]
      return parts.enumerated().map { number, part in
        let front = number == 0 ? line : String(repeating: " ", count: start)
        return (front + terminal.palette(last.style, part)).droppingTrailingBlanks
      }
    }
  }
}

extension String {
  fileprivate var droppingTrailingBlanks: String {
    guard let end = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...end])
  }
}
