internal import YAML

/// Makes a document from the nodes of a file.
///
/// What is referred to is read before what refers to it, whatever the order of the file.
struct DocumentReader {
  private let root: YAMLNode
  private let source: ConfigurationSource
  private let problems: [Diagnostic]
  private let reading: Reading

  init(
    _ root: YAMLNode, _ source: ConfigurationSource, _ problems: [Diagnostic],
    _ environment: @escaping (String) -> String?
  ) {
    self.root = root
    self.source = source
    self.problems = problems
    func names(_ key: String) -> [String] {
      root.entry(key)?.value.entries?.map(\.name) ?? []
    }
    func credentials(_ isWanted: (YAMLNode) -> Bool) -> Set<String> {
      let entries = root.entry(ConfigurationKeys.credentials.name)?.value.entries ?? []
      return Set(entries.filter { isWanted($0.value) }.map(\.name))
    }
    reading = Reading(
      source,
      names: Reading.Names(
        plugins: names(ConfigurationKeys.plugins.name),
        credentials: names(ConfigurationKeys.credentials.name),
        flows: credentials(CredentialKeys.isFlow), programs: credentials(CredentialKeys.isProgram),
        providers: names(ConfigurationKeys.providers.name)),
      environment: environment)
  }

  /// nil when the file is no mapping, or of a version that means something else.
  func document() -> ConfigurationDocument? {
    guard isReadable,
      let members = Members(
        of: root, table: ConfigurationKeys.table, reading: reading)
    else { return nil }
    let plugins = (members.value(ConfigurationKeys.plugins) ?? []).map(plugin)
    let credentials = (members.value(ConfigurationKeys.credentials) ?? []).map(credential)
    let providers = (members.value(ConfigurationKeys.providers) ?? []).map(provider)
    let defaults = members.value(ConfigurationKeys.defaults) ?? DefaultsEntry()
    let models = ModelReader(
      reading, section: root.entry(ConfigurationKeys.models.name)?.value, problems: problems
    ).models(members.value(ConfigurationKeys.models) ?? [])
    let table = ModelTable(models)
    let routes = (members.value(ConfigurationKeys.routes) ?? []).enumerated().map { index, route in
      checked(route, at: index, table)
    }
    SemanticChecks(
      reading: reading, root: root, defaults: defaults, providers: providers, models: models,
      routes: routes
    ).run()
    let gateway = GatewayReader(
      reading: reading, models: table, credentials: credentials, problems: problems
    ).gateway(members.value(ConfigurationKeys.gateway))
    return ConfigurationDocument(
      file: source.file, plugins: plugins, credentials: credentials,
      providers: providers.map { $0.disabled(by: problem(ofUse: $0, plugins, credentials)) },
      models: table, routes: routes, stateKey: stateKey(members, credentials),
      gateway: gateway,
      observability: members.value(ConfigurationKeys.observability) ?? ObservabilityEntry(),
      diagnostics: diagnostics, problem: problemOfWhole, defaults: defaults, source: source,
      root: root)
  }

  /// Everything found so far in the order of the file, each once: merged entries are read again.
  var diagnostics: [Diagnostic] {
    let own = reading.diagnostics.enumerated().filter { !reading.repeated.contains($0.offset) }
    return (problems + own.map(\.element)).enumerated()
      .sorted {
        ($0.element.line, $0.element.column, $0.offset) < (
          $1.element.line, $1.element.column, $1.offset
        )
      }
      .map(\.element)
  }

  /// The first error that stands in no entry of a section: it may concern anything.
  ///
  /// What is wrong with the gateway concerns nobody who does without it.
  private var problemOfWhole: Diagnostic? {
    let sections = [
      ConfigurationKeys.plugins.name, ConfigurationKeys.credentials.name,
      ConfigurationKeys.providers.name, ConfigurationKeys.models.name,
    ]
    let entries = sections.flatMap { root.entry($0)?.value.entries ?? [] }
    let gateway = [ConfigurationKeys.gateway.name, ConfigurationKeys.observability.name]
    let whole = root.entries?.filter { gateway.contains($0.name) } ?? []
    let spans = (entries + whole).map { source.mark($0.span) }
    return diagnostics.first { finding in
      finding.severity == .error && !spans.contains { $0.contains(finding) }
        && !isOfRoute(finding)
    }
  }

  /// Whether a finding concerns only the requests of one route, which its conditions tell.
  private func isOfRoute(_ finding: Diagnostic) -> Bool {
    let routes = root.entry(ConfigurationKeys.routes.name)?.value.items ?? []
    return routes.contains { route in
      let conditions = route.entry(RouteKeys.when.name).map { source.mark($0.span) }
      return route.entries != nil && source.mark(route.span).contains(finding)
        && conditions?.contains(finding) != true
    }
  }

  private func checked(_ route: RouteEntry, at index: Int, _ models: ModelTable) -> RouteEntry {
    let judged = reading.judging {
      for name in route.models {
        reading.checkModel(name, in: models, of: "routes[\(index)]")
      }
    }
    return route.disabled(by: judged.problem ?? problems.first(where: route.mark.contains))
  }

  private func stateKey(_ members: Members, _ credentials: [CredentialEntry]) -> StateKeyEntry? {
    guard let reference = members.value(ConfigurationKeys.stateKey), let mark = reference.mark
    else { return nil }
    return StateKeyEntry(
      credential: reference.value, source: credentials.source(of: reference.value), mark: mark)
  }

  /// The version is looked at first: of another version's keys nothing is known.
  private var isReadable: Bool {
    guard let version = root.entry(ConfigurationKeys.version.name)?.value else { return true }
    return reading.within(ConfigurationKeys.version.name) {
      ConfigurationKeys.version.type.read(version, reading) != nil
    }
  }

  private func plugin(_ named: Named<Sourced<String>?>) -> PluginEntry {
    PluginEntry(
      id: named.name, path: named.value ?? nil, mark: source.mark(named.entry.keySpan),
      problem: problem(of: named))
  }

  private func credential(_ named: Named<CredentialSource>) -> CredentialEntry {
    CredentialEntry(
      name: named.name, source: named.value, mark: source.mark(named.entry.keySpan),
      problem: problem(of: named))
  }

  private func provider(_ named: Named<ProviderFields>) -> ProviderEntry {
    (named.value ?? .unreadable).entry(
      named.name, source.mark(named.entry.keySpan), problem(of: named))
  }

  /// A problem of the text inside an entry, such as a duplicate key, is one of the entry.
  private func problem<Value>(of named: Named<Value>) -> Diagnostic? {
    named.problem ?? problems.first(where: source.mark(named.entry.span).contains)
  }

  /// What a provider refers to must be usable too.
  private func problem(
    ofUse provider: ProviderEntry, _ plugins: [PluginEntry], _ credentials: [CredentialEntry]
  ) -> Diagnostic? {
    let plugin = plugins.first { $0.id == provider.plugin }?.problem
    guard case .named(let name) = provider.auth?.credential else { return plugin }
    return plugin ?? credentials.first { $0.name == name }?.problem
  }
}

extension ProviderEntry {
  /// The same entry, disabled by a problem elsewhere unless it has its own.
  fileprivate func disabled(by other: Diagnostic?) -> ProviderEntry {
    var entry = self
    entry.problem = problem ?? other
    return entry
  }
}
