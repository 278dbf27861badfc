internal import YAML

/// One way to reach a model: a provider and the name that it knows the model by.
package struct TargetEntry: Sendable {
  /// A name for messages and statistics; nil where the file gives none.
  package let id: String?
  /// The key of the provider; empty when the file does not say, and then there is a problem.
  package let provider: String
  /// The upstream's name for the model, with `{1}` and so on as written; nil to send the model's own
  /// name, or what the plugin has in its place.
  package let model: Sourced<String>?
  /// The clocks that are set here.
  package let timeouts: Timeouts
  /// Which targets are tried first: those of the lowest number.
  package let order: Sourced<Int>
  /// How much it is given in proportion to others, where the strategy asks.
  package let weight: Sourced<Int>
  /// How much it is given at most.
  package let limits: TargetLimits
  /// The rules for parameters that stand here.
  package let params: ParameterRules
  /// The rules for further tries that stand here.
  package let retry: RetryRules
  /// The rules for cooldowns that stand here.
  package let cooldown: CooldownRules
  /// The rules for streams that stand here.
  package let stream: StreamRules
  /// What this model can do there.
  package let capabilities: [Capability]
  /// The plugin's settings for this target; nil where there are none.
  package let options: OptionsEntry?
  /// Where the entry begins.
  package let mark: Mark
  /// Why it cannot be used; nil when it can.
  ///
  /// Its provider may have a problem of its own.
  package internal(set) var problem: Diagnostic?
}

enum TargetKeys {
  static let id = ConfigurationKey(
    "id", ConfigurationType.name("target name", .identifier).sourced,
    doc: "A name for messages and statistics, once in a model.", misnomers: ["name"])

  static let provider = ConfigurationKey(
    "provider", .provider, isRequired: true, doc: "A key under `providers`.",
    misnomers: ["backend", "upstream"])

  static let model = ConfigurationKey(
    "model", ConfigurationType.variableText("model name").sourced,
    doc: """
      The upstream's name for the model, or the deployment. `{1}` is what the first `*` of the \
      model's name stood for, `{2}` the second. Without it the upstream gets the model's own name, \
      whichever alias, route or fallback led there, unless the base URL names a deployment.
      """, misnomers: ["deployment", "engine", "model_name"])

  static let order = ConfigurationKey(
    "order", ConfigurationType.integer(1...1000).sourced, default: .number(1),
    doc: """
      Which targets are tried first: those of the lowest number. Among equal ones the model's \
      strategy chooses.
      """, misnomers: ["priority", "tier", "rank"])

  static let weight = ConfigurationKey(
    "weight", ConfigurationType.integer(1...10_000).sourced, default: .number(1),
    doc: """
      How much it is given in proportion to the others of its order, under a strategy that asks.
      """, misnomers: ["ratio", "share", "percent"])

  static let limits = ConfigurationKey(
    "limits", LimitKeys.type, doc: "How much it is given at most.",
    misnomers: [
      "rate_limits", "quota", "rpm", "tpm", "max_parallel_requests", "requests_per_minute",
    ])

  static let timeouts = ConfigurationKey(
    "timeouts", TimeoutKeys.type, doc: "The clocks of a call to this target.")

  static let params = ConfigurationKey(
    "params", ParameterKeys.type, doc: "What is done with parameters before they are sent.")

  static let capabilities = ConfigurationKey(
    "capabilities", ConfigurationType.capabilities,
    doc: "What this model can do there; each wins over the provider's of that name.")

  static let options = ConfigurationKey(
    "options", ConfigurationType.options, doc: "Settings of the plugin for this target.")

  static let table = ConfigurationTable(
    "target", title: "models.<name>.targets[]",
    doc: "One way to reach a model: a provider and the name that it knows the model by.",
    example: "{ provider: main, model: name }",
    keys: [
      id.description, provider.description, model.description, order.description,
      weight.description, limits.description, timeouts.description, params.description,
    ] + PolicyKeys.descriptions + [capabilities.description, options.description])

  static let type = ConfigurationType<TargetEntry>(shape: .table(table)) { node, reading in
    let judged = reading.judging {
      fields.read(node, reading)
    }
    return judged.result?.entry(reading.source.mark(node.span), judged.problem)
      ?? TargetFields.unreadable.entry(reading.source.mark(node.span), judged.problem)
  }

  private static let fields = ConfigurationType<TargetFields>.table(table) { members in
    TargetFields(
      id: members.value(id)?.value, provider: members.value(provider),
      model: members.value(model), order: members.value(order) ?? Sourced(1),
      weight: members.value(weight) ?? Sourced(1),
      limits: members.value(limits) ?? TargetLimits(),
      timeouts: members.value(timeouts) ?? Timeouts(),
      params: members.value(params) ?? ParameterRules(),
      retry: members.value(PolicyKeys.retry) ?? RetryRules(),
      cooldown: members.value(PolicyKeys.cooldown) ?? CooldownRules(),
      stream: members.value(PolicyKeys.stream) ?? StreamRules(),
      capabilities: members.value(capabilities) ?? [], options: members.value(options))
  }
}

/// What stands inside a target.
private struct TargetFields: Sendable {
  var id: String?
  var provider: String?
  var model: Sourced<String>?
  var order = Sourced(1)
  var weight = Sourced(1)
  var limits = TargetLimits()
  var timeouts = Timeouts()
  var params = ParameterRules()
  var retry = RetryRules()
  var cooldown = CooldownRules()
  var stream = StreamRules()
  var capabilities: [Capability] = []
  var options: OptionsEntry?

  func entry(_ mark: Mark, _ problem: Diagnostic?) -> TargetEntry {
    TargetEntry(
      id: id, provider: provider ?? "", model: model, timeouts: timeouts, order: order,
      weight: weight, limits: limits, params: params, retry: retry, cooldown: cooldown,
      stream: stream, capabilities: capabilities, options: options, mark: mark, problem: problem)
  }

  static let unreadable = TargetFields()
}

extension ConfigurationType where Value == String {
  fileprivate static var provider: ConfigurationType {
    name("provider name", .identifier).checked { text, node, reading in
      let known = reading.names.providers
      guard !known.contains(text) else { return text }
      let meant = Spelling.nearest(to: text, among: known)
      let list = known.isEmpty ? "none" : known.joined(separator: ", ")
      reading.report(
        .unknownProvider,
        "unknown provider \(reading.quote(text)) in \(reading.place)" + reading.didYouMean(meant),
        at: node.span, help: meant == nil ? "Defined under providers: \(list)." : nil,
        suggestion: meant.map { (YAMLText.scalar($0), node.span) })
      return text
    }
  }
}
