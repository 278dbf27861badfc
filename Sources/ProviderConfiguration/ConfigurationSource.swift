internal import YAML

/// The text of a configuration file, ready to be quoted in messages: secrets are blanked out.
struct ConfigurationSource: Sendable {
  let file: String
  private let text: YAMLSource
  /// nil when there are no nodes that would tell where a value begins.
  private let root: YAMLNode?

  init(file: String, document: YAMLDocument) {
    self.file = file
    text = document.source
    root = document.root
  }

  func mark(_ span: YAMLSpan) -> Mark {
    Mark(
      file: file, line: span.start.line, column: span.start.column, endLine: span.end.line,
      endColumn: span.end.column)
  }

  /// The text of a line with everything that is probably a secret blanked out.
  func line(_ number: Int) -> String {
    let written = text.line(number)
    let hidden =
      root == nil ? SecretPattern.blankingValues(written) : SecretPattern.blanking(written)
    var scalars = Array(hidden.unicodeScalars)
    for secret in root.map({ ConfigurationSource.secrets(in: $0, on: number) }) ?? [] {
      let start = secret.start.line == number ? secret.start.column - 1 : 0
      let end = secret.end.line == number ? secret.end.column - 1 : scalars.count
      for offset in start..<max(start, min(end, scalars.count)) { scalars[offset] = "*" }
    }
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars)
    return String(line)
  }

  /// How many lines there are; a last one without text counts.
  var lineCount: Int { text.lineCount }

  func written(_ span: YAMLSpan) -> String { text.text(of: span) }

  /// The span of some scalars of a value; the whole value where escapes or folds lie between.
  func span(of node: YAMLNode, part: Range<Int>) -> YAMLSpan {
    guard let value = node.scalar?.text, node.span.start.line == node.span.end.line else {
      return node.span
    }
    let written = text.text(of: node.span)
    let quote = written == value ? 0 : 1
    guard written.dropFirst(quote).dropLast(quote) == value[...] else { return node.span }
    let (line, first) = (node.span.start.line, node.span.start.column + quote)
    return YAMLSpan(
      start: YAMLMark(line: line, column: first + part.lowerBound),
      end: YAMLMark(line: line, column: first + part.upperBound))
  }

  /// A finding about a span, with its line.
  func diagnostic(
    _ code: DiagnosticCode, _ message: String, at span: YAMLSpan,
    severity: Diagnostic.Severity? = nil, help: String? = nil,
    suggestion: (text: String, span: YAMLSpan)? = nil
  ) -> Diagnostic {
    let (start, end) = (span.start, span.end)
    let lineEnd = text.line(start.line).unicodeScalars.count + 1
    let endColumn = end.line == start.line ? end.column : lineEnd
    return Diagnostic(
      file: file, line: start.line, column: start.column,
      endColumn: max(endColumn, start.column + 1), severity: severity ?? code.severity, code: code,
      message: message, help: help, suggestion: suggestion.flatMap(harmless),
      excerpt: line(start.line))
  }

  /// A suggestion that would repeat a secret is none.
  private func harmless(
    _ suggestion: (text: String, span: YAMLSpan)
  ) -> Diagnostic.Suggestion? {
    guard !SecretPattern.matches(suggestion.text) else { return nil }
    let (start, end) = (suggestion.span.start, suggestion.span.end)
    return Diagnostic.Suggestion(
      text: suggestion.text, line: start.line, column: start.column, endLine: end.line,
      endColumn: end.column)
  }
}

extension ConfigurationSource {
  /// The values on a line that must not be shown: those that look like secrets, and those whose key
  /// says so.
  private static func secrets(in node: YAMLNode, on line: Int) -> [YAMLSpan] {
    guard node.span.start.line <= line, line <= node.span.end.line else { return [] }
    if let items = node.items { return items.flatMap { secrets(in: $0, on: line) } }
    return (node.entries ?? []).flatMap { entry in
      guard let scalar = entry.value.scalar else { return secrets(in: entry.value, on: line) }
      let span = entry.value.span
      let isOnLine = span.start.line <= line && line <= span.end.line
      return isOnLine && isSecret(entry.name, scalar) ? [span] : []
    }
  }

  private static func isSecret(_ name: String, _ scalar: YAMLScalar) -> Bool {
    guard scalar.kind == .string, !VariableText.isIn(scalar.text) else { return false }
    if SecretPattern.hasUserInfo(scalar.text) { return false }
    if SecretPattern.matches(scalar.text) || SecretPattern.isSecretName(name) { return true }
    return ["key", "bearer", "value"].contains(name)
      && !SecretPattern.isPlausibleName(scalar.text)
  }
}
