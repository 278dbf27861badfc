/// A place in a text, counted as people and editors count.
package struct YAMLMark: Sendable, Hashable, Comparable {
  /// The line, from 1; lines end at LF, CR LF or a lone CR.
  package let line: Int
  /// The column, from 1, in Unicode scalars.
  package let column: Int

  /// Creates a mark from a line and a column, both from 1.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether the left place comes before the right one.
  package static func < (left: YAMLMark, right: YAMLMark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of a text; the end is exclusive.
package struct YAMLSpan: Sendable, Hashable {
  /// The first place that belongs to the stretch.
  package let start: YAMLMark
  /// The first place that no longer belongs to it; equal to `start` for a value that is not written.
  package let end: YAMLMark

  /// Creates a span; `end` is exclusive and not before `start`.
  package init(start: YAMLMark, end: YAMLMark) {
    self.start = start
    self.end = end
  }

  /// Whether the other span lies wholly inside this one.
  package func contains(_ other: YAMLSpan) -> Bool {
    start <= other.start && other.end <= end
  }
}
