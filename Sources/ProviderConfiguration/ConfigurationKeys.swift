internal import YAML

enum DefaultsKeys {
  static let timeouts = ConfigurationKey(
    "timeouts", TimeoutKeys.type, doc: "The clocks of every call.")

  static let params = ConfigurationKey(
    "params", ParameterKeys.type, doc: "What is done with the parameters of every request.")

  static let table = ConfigurationTable(
    "defaults", title: "defaults", doc: "What holds where nothing nearer says otherwise.",
    example: "{ timeouts: { idle: 300s } }",
    keys: [timeouts.description, params.description] + PolicyKeys.descriptions)

  static let type = ConfigurationType<DefaultsEntry>.table(table) { members in
    DefaultsEntry(
      timeouts: members.value(timeouts) ?? Timeouts(),
      params: members.value(params) ?? ParameterRules(),
      retry: members.value(PolicyKeys.retry) ?? RetryRules(),
      cooldown: members.value(PolicyKeys.cooldown) ?? CooldownRules(),
      stream: members.value(PolicyKeys.stream) ?? StreamRules())
  }
}

/// What holds where nothing nearer says otherwise.
struct DefaultsEntry: Sendable {
  var timeouts = Timeouts()
  var params = ParameterRules()
  var retry = RetryRules()
  var cooldown = CooldownRules()
  var stream = StreamRules()
}

/// The keys of the whole file.
enum ConfigurationKeys {
  static let version = ConfigurationKey(
    "version", .version, isRequired: true, doc: "The version of the file's format.")

  static let plugins = ConfigurationKey(
    "plugins",
    ConfigurationType<[Named<Sourced<String>?>]>.named("id", .identifier, PluginKeys.type),
    doc: "Where plugins are that are not found by name.")

  static let credentials = ConfigurationKey(
    "credentials",
    ConfigurationType<[Named<CredentialSource>]>.named("id", .identifier, CredentialKeys.type),
    doc: "Secrets by name: where each is read from.", misnomers: ["secrets", "keys", "api_keys"])

  static let providers = ConfigurationKey(
    "providers",
    ConfigurationType<[Named<ProviderFields>]>.named("id", .identifier, ProviderKeys.type),
    isRequired: true, doc: "The upstream accounts.",
    misnomers: ["model_providers", "upstreams", "backends", "llm_clients"])

  static let models = ConfigurationKey(
    "models", ConfigurationType<[Named<ModelFields>]>.named("name", .model, ModelKeys.type),
    doc: "The names that clients use, and what stands behind them.",
    misnomers: ["model_list", "virtual_models"])

  static let routes = ConfigurationKey(
    "routes", ConfigurationType<[RouteEntry]>.list(of: RouteKeys.type),
    doc: "Which model a request goes to, whatever it asked for. The first that fits is taken.",
    misnomers: ["rules", "routing", "conditions"])

  static let stateKey = ConfigurationKey(
    "state_key", ConfigurationType<CredentialReference>.lasting.sourced,
    doc: """
      The secret that response ids are tagged with, a variable or a file of at least 16 bytes, so that \
      a follow-up finds its target after a restart and in another process. Without it no id is tagged.
      """, misnomers: ["signing_key", "tag_key", "state_secret"])

  static let gateway = ConfigurationKey(
    "gateway", GatewayKeys.type, doc: "How `jackfield serve` listens, and whom it serves.",
    misnomers: ["server", "proxy", "serve"])

  static let observability = ConfigurationKey(
    "observability", ObservabilityKeys.type, doc: "What the gateway writes about what it does.",
    misnomers: ["logging", "telemetry", "log"])

  static let defaults = ConfigurationKey(
    "defaults", DefaultsKeys.type, doc: "What holds where nothing nearer says otherwise.",
    misnomers: ["general_settings"])

  static let table = ConfigurationTable(
    "file", title: "providers.yaml", doc: "The whole file is one mapping.",
    example: "{ version: 1, providers: { main: { plugin: NAME } } }",
    keys: [
      version.description, plugins.description, credentials.description, providers.description,
      models.description, routes.description, defaults.description, stateKey.description,
      gateway.description, observability.description,
    ])
}

extension ConfigurationType where Value == Int {
  /// The one version of the format that this code reads.
  private static var supported: Int { 1 }

  fileprivate static var version: ConfigurationType {
    ConfigurationType(shape: .constant(supported)) { node, reading in
      let text = node.scalar?.text ?? ""
      guard let number = Int(text) else {
        let isMeant = Double(text) == Double(supported)
        reading.mismatch(
          node, wanted: "the whole number \(supported)",
          correction: isMeant ? String(supported) : nil)
        return nil
      }
      guard number == supported else {
        reading.report(
          .unsupportedVersion, "version \(number) of the format is not known here",
          at: node.span,
          help: "This program reads version \(supported); a newer file needs a newer program.")
        return nil
      }
      guard node.scalar?.kind == .integer else {
        reading.mismatch(
          node, wanted: "the whole number \(supported)", correction: String(supported))
        return supported
      }
      return number
    }
  }
}
