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
    return diagnostic(
      code, severity, in: entry, pointer, message: message, help: help, suggestion: suggestion)
  }

  /// A finding of the host or a plugin about the credential that a provider uses.
  ///
  /// - Parameters:
  ///   - code: The kind of finding.
  ///   - provider: Who uses it.
  ///   - pointer: An RFC 6901 pointer into the credential, such as `/flow/setting`.
  ///   - message: One sentence, without a secret.
  ///   - suggestion: As for a provider's entry.
  /// - Returns: The finding with its source line; nil when the provider has no credential.
  package func diagnostic(
    _ code: DiagnosticCode, ofCredentialOf provider: ProviderEntry, pointer: String,
    message: String, suggestion: String? = nil
  ) -> Diagnostic? {
    guard let entry = entry(ofCredentialOf: provider) else { return nil }
    return diagnostic(
      code, nil, in: entry, pointer, message: message, help: nil, suggestion: suggestion)
  }

  /// A finding of the host about the secret that response ids are tagged with.
  ///
  /// - Parameters:
  ///   - message: One sentence, without a secret.
  ///   - help: What to do; nil where the message says it.
  /// - Returns: A warning with its source line; nil when the file names no such secret.
  package func diagnostic(ofStateKey message: String, help: String? = nil) -> Diagnostic? {
    root.entry(ConfigurationKeys.stateKey.name).map {
      source.diagnostic(.unusableStateKey, message, at: $0.value.span, help: help)
    }
  }

  /// Where a value inside the credential that a provider uses is written.
  ///
  /// - Parameters:
  ///   - provider: Who uses it.
  ///   - pointer: An RFC 6901 pointer into the credential; empty for the credential.
  /// - Returns: The value's place, or that of the nearest value around it; nil when the provider has
  ///   no credential.
  package func mark(ofCredentialOf provider: ProviderEntry, pointer: String) -> Mark? {
    entry(ofCredentialOf: provider).map { source.mark(span(of: pointer, in: $0)) }
  }

  private func diagnostic(
    _ code: DiagnosticCode, _ severity: Diagnostic.Severity?, in entry: YAMLEntry,
    _ pointer: String, message: String, help: String?, suggestion: String?
  ) -> Diagnostic {
    let span = span(of: pointer, in: entry)
    // A value that was put together from variables cannot be corrected by another one.
    let scalar = node(at: pointer, in: entry.value)?.scalar
    let isPlain = scalar.map { !$0.text.contains("${") } ?? false
    let text = isPlain ? suggestion.map(YAMLText.scalar) : nil
    return source.diagnostic(
      code, message, at: span, severity: severity, help: help, suggestion: text.map { ($0, span) })
  }

  /// The entry of a named credential, or the one that holds a source in place.
  private func entry(ofCredentialOf provider: ProviderEntry) -> YAMLEntry? {
    guard let auth = provider.auth else { return nil }
    if case .named(let name) = auth.credential {
      return root.entry(ConfigurationKeys.credentials.name)?.value.entry(name)
    }
    let written = entry(ofProvider: provider.id)?.value.entry(ProviderKeys.auth.name)?.value
    switch auth.style {
    case .key: return written?.entry(AuthKeys.key.name)
    case .bearer: return written?.entry(AuthKeys.bearer.name)
    case .header:
      return written?.entry(AuthKeys.header.name)?.value.entry(AuthHeaderKeys.value.name)
    }
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
