/// A text by lines: turns offsets into marks and marks into text.
package struct YAMLSource: Sendable {
  /// The scalars of the text without its byte order mark; a broken byte is U+FFFD.
  let scalars: [Unicode.Scalar]
  /// The offset of the first scalar of each line.
  private let lineStarts: [Int]

  init(_ bytes: [UInt8]) {
    let marked = bytes.starts(with: YAMLSource.byteOrderMark)
    let text = String(decoding: bytes.dropFirst(marked ? 3 : 0), as: UTF8.self)
    scalars = Array(text.unicodeScalars)
    lineStarts = YAMLSource.lineStarts(of: scalars)
  }

  /// How many lines there are; at least 1.
  package var lineCount: Int { lineStarts.count }

  /// The text of a line without its end; empty for a line that does not exist.
  package func line(_ number: Int) -> String {
    guard lineStarts.indices.contains(number - 1) else { return "" }
    let start = lineStarts[number - 1]
    let next = number < lineStarts.count ? lineStarts[number] : scalars.count
    let end = scalars[start..<next].firstIndex(where: YAMLSource.endsLine) ?? next
    return string(start..<end)
  }

  /// The text of a span.
  package func text(of span: YAMLSpan) -> String {
    let start = offset(of: span.start)
    return string(start..<max(start, offset(of: span.end)))
  }

  /// The text with a span replaced.
  package func replacing(_ span: YAMLSpan, with text: String) -> String {
    let start = offset(of: span.start)
    let end = max(start, offset(of: span.end))
    return string(0..<start) + text + string(end..<scalars.count)
  }

  /// The mark of a scalar offset; an offset beyond the text is its end.
  func mark(at offset: Int) -> YAMLMark {
    let offset = min(max(offset, 0), scalars.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return YAMLMark(line: low + 1, column: offset - lineStarts[low] + 1)
  }

  func span(_ start: Int, _ end: Int) -> YAMLSpan {
    YAMLSpan(start: mark(at: start), end: mark(at: max(start, end)))
  }

  func offset(of mark: YAMLMark) -> Int {
    guard mark.line <= lineStarts.count else { return scalars.count }
    return min(lineStarts[mark.line - 1] + mark.column - 1, scalars.count)
  }

  func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r"
  }

  private static func lineStarts(of scalars: [Unicode.Scalar]) -> [Int] {
    var starts = [0]
    for (offset, scalar) in scalars.enumerated() where endsLine(scalar) {
      let isHalf = scalar == "\r" && offset + 1 < scalars.count && scalars[offset + 1] == "\n"
      if !isHalf { starts.append(offset + 1) }
    }
    return starts
  }
}
