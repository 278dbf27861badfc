internal import YAML

extension ConfigurationDocument {
  /// Where a value inside a provider's entry is written.
  ///
  /// - Parameters:
  ///   - id: The provider.
  ///   - pointer: An RFC 6901 pointer into its entry, such as `/options/api`; empty for the entry.
  /// - Returns: The value's place; where nothing stands there, the key of the nearest value around
  ///   it; nil when there is no such provider.
  package func mark(ofProvider id: String, pointer: String) -> Mark? {
    entry(ofProvider: id).map { source.mark(span(of: pointer, in: $0)) }
  }

  /// A line of the file with secrets blanked out; empty for a line that does not exist.
  ///
  /// - Parameter number: The line, from 1.
  /// - Returns: Its text without the line end.
  package func sourceLine(_ number: Int) -> String { source.line(number) }

  /// A finding of the host or a plugin about a provider's entry.
  ///
  /// - Parameters:
  ///   - code: The kind of finding.
  ///   - severity: Whether it forbids the use of the provider; nil for the code's own.
  ///   - id: The provider.
  ///   - pointer: What it is about, as in ``mark(ofProvider:pointer:)``.
  ///   - message: One sentence, without a secret.
  ///   - help: What to do; nil where the message says it.
  ///   - suggestion: The value that would be right; nil where it is not known. It replaces a scalar
  ///     that stands at the pointer and is dropped elsewhere.
  /// - Returns: The finding with its source line; nil when there is no such provider.
  package func diagnostic(
    _ code: DiagnosticCode, severity: Diagnostic.Severity? = nil, ofProvider id: String,
    pointer: String, message: String, help: String? = nil, suggestion: String? = nil
  ) -> Diagnostic? {
    guard let entry = entry(ofProvider: id) else { return nil }
    let span = span(of: pointer, in: entry)
    // A value that was put together from variables cannot be corrected by another one.
    let scalar = node(at: pointer, in: entry.value)?.scalar
    let isPlain = scalar.map { !$0.text.contains("${") } ?? false
    let text = isPlain ? suggestion.map(YAMLText.scalar) : nil
    return source.diagnostic(
      code, message, at: span, severity: severity, help: help, suggestion: text.map { ($0, span) })
  }

  private func entry(ofProvider id: String) -> YAMLEntry? {
    root.entry(ConfigurationKeys.providers.name)?.value.entry(id)
  }

  private func span(of pointer: String, in entry: YAMLEntry) -> YAMLSpan {
    var node = entry.value
    var nearest = entry.keySpan
    let steps = ConfigurationDocument.steps(of: pointer)
    for step in steps {
      if let next = node.entry(step) {
        (node, nearest) = (next.value, next.keySpan)
      } else if let items = node.items, let index = Int(step), items.indices.contains(index) {
        (node, nearest) = (items[index], items[index].span)
      } else {
        return nearest
      }
    }
    return steps.isEmpty ? entry.keySpan : node.span
  }

  private func node(at pointer: String, in node: YAMLNode) -> YAMLNode? {
    ConfigurationDocument.steps(of: pointer).reduce(Optional(node)) { node, step in
      node?.entry(step)?.value
        ?? Int(step).flatMap { index in
          node?.items.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
    }
  }

  private static func steps(of pointer: String) -> [String] {
    pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { step in
      String(step.replacing("~1", with: "/").replacing("~0", with: "~"))
    }
  }
}
