internal import YAML

/// A configuration file as it was understood: its entries, and the places they came from.
///
/// It may be used although there are errors: whatever one concerns carries it as its `problem` and
/// must not be used; the rest may.
package struct ConfigurationDocument: Sendable {
  /// The file's name as the caller gave it.
  package let file: String
  /// The plugins that the file lists.
  package let plugins: [PluginEntry]
  /// The named credentials.
  package let credentials: [CredentialEntry]
  /// The upstream accounts.
  package let providers: [ProviderEntry]
  /// The models by the names that clients use.
  package let models: ModelTable
  /// The rules that come before the lookup of models, in their order.
  package let routes: [RouteEntry]
  /// The secret that response ids are tagged with; nil: none is tagged.
  package let stateKey: StateKeyEntry?
  /// How the gateway listens, and whom it serves.
  package let gateway: GatewayEntry
  /// What the gateway writes about what it does.
  package let observability: ObservabilityEntry
  /// Everything that was found, in the order of the file.
  package let diagnostics: [Diagnostic]
  /// The first error of any kind, which forbids to serve by this file; nil when there is none.
  package var firstError: Diagnostic? { diagnostics.first { $0.severity == .error } }
  /// The first error that stands in no entry and so may concern any of them, such as an unknown key
  /// of the file; nil when there is none.
  package let problem: Diagnostic?

  let defaults: DefaultsEntry
  let source: ConfigurationSource
  let root: YAMLNode

  /// Reads a file's text.
  ///
  /// - Parameters:
  ///   - text: The bytes of the file.
  ///   - file: Its name for messages.
  ///   - environment: The value of a variable; nil when it is not set. Values of variables that
  ///     credentials name are asked for, and only compared with nothing.
  /// - Returns: The document, nil when the text is no YAML, no mapping or of another version; and
  ///   everything that was found, in the order of the file.
  package static func load(
    text: [UInt8], file: String, environment: @escaping (String) -> String?
  ) -> (ConfigurationDocument?, [Diagnostic]) {
    let yaml = YAMLDocument.read(text, file: file)
    let source = ConfigurationSource(file: file, document: yaml)
    let problems = yaml.problems.map(source.diagnostic)
    guard let root = yaml.root else { return (nil, problems) }
    let reader = DocumentReader(root, source, problems, environment)
    let document = reader.document()
    return (document, document?.diagnostics ?? reader.diagnostics)
  }

  /// The entry of that id; nil when there is none.
  package func provider(_ id: String) -> ProviderEntry? {
    providers.first { $0.id == id }
  }

  /// The named credential; nil when there is none.
  package func credential(_ name: String) -> CredentialEntry? {
    credentials.first { $0.name == name }
  }

  /// Where a provider's secret comes from; nil where it has none, or where it could not be read.
  package func credentialSource(of provider: ProviderEntry) -> CredentialSource? {
    provider.auth.flatMap { credentials.source(of: $0.credential) }
  }

  /// The listed plugin; nil for one that is found by name.
  package func plugin(_ id: String) -> PluginEntry? {
    plugins.first { $0.id == id }
  }
}

extension [CredentialEntry] {
  /// Where a referred secret comes from; nil where the named credential could not be read.
  func source(of reference: CredentialReference) -> CredentialSource? {
    switch reference {
    case .inline(let source): source
    case .named(let name): first { $0.name == name }?.source
    }
  }
}

extension ConfigurationSource {
  func diagnostic(_ problem: YAMLError) -> Diagnostic {
    guard let code = DiagnosticCode(rawValue: problem.reason.rawValue) else {
      preconditionFailure("each reason of a YAML error is a diagnostic code")
    }
    return diagnostic(
      code, problem.message, at: problem.span, help: problem.help,
      suggestion: problem.replacement.map { ($0.text, $0.span) })
  }
}
