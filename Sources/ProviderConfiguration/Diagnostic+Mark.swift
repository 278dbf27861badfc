extension Diagnostic {
  /// The place that the finding is about.
  public var mark: Mark {
    Mark(file: file, line: line, column: column, endLine: line, endColumn: endColumn)
  }
}
