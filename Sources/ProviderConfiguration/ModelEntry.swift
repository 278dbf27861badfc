internal import YAML

/// A name that clients use for a model, and the targets that stand behind it.
package struct ModelEntry: Sendable {
  /// The name, or a pattern with `*`.
  package let name: String
  /// Further names of the same model.
  package let aliases: [Sourced<String>]
  /// The ways to reach it, in the order of the file; empty only when there is a problem.
  package let targets: [TargetEntry]
  /// How one is chosen among targets of equal order.
  package let strategy: Sourced<Strategy>
  /// How calls that continue earlier ones find their target.
  package let affinity: AffinityRules
  /// The models that are asked when a call to this one failed.
  package let fallbacks: Fallbacks
  /// The clocks that are set here.
  package let timeouts: Timeouts
  /// The rules for parameters that stand here.
  package let params: ParameterRules
  /// The rules for further tries that stand here.
  package let retry: RetryRules
  /// The rules for cooldowns that stand here.
  package let cooldown: CooldownRules
  /// The rules for streams that stand here.
  package let stream: StreamRules
  /// The entry's key.
  package let mark: Mark
  /// Why it cannot be used; nil when it can.
  ///
  /// A target's problem is not one of its model.
  package internal(set) var problem: Diagnostic?
}

enum ModelKeys {
  static let aliases = ConfigurationKey(
    "aliases", ConfigurationType.list(of: ConfigurationType.alias.sourced),
    doc: "Further names of the same model, without `*`.", misnomers: ["alias", "names"])

  static let targets = ConfigurationKey(
    "targets", ConfigurationType<[TargetEntry]>.list(of: TargetKeys.type, minimum: 1),
    isRequired: true,
    doc: """
      The ways to reach the model. Those of the lowest `order` are tried first; `strategy` chooses \
      among them.
      """,
    misnomers: ["target", "deployments", "backends"])

  static let strategy = ConfigurationKey(
    "strategy", ConfigurationType<Strategy>.choice.sourced,
    default: .value(.priority, Strategy.priority.rawValue),
    doc: """
      How one is chosen among targets of equal order: the first in the file (`priority`), at random \
      by weight, one after the other, the one with the fewest open calls, the one that lately \
      answered fastest, or by what the call is about (`hash`).
      """, misnomers: ["routing_strategy", "load_balancing", "policy", "algorithm", "lb"])

  static let affinity = ConfigurationKey(
    "affinity", AffinityKeys.type,
    doc: "How calls that continue earlier ones find the target that answered those.",
    misnomers: ["sticky", "session_affinity", "stickiness"])

  static let fallbacks = ConfigurationKey(
    "fallbacks", FallbackKeys.type,
    doc: "The models that are asked when a call to this one failed for good.",
    misnomers: [
      "fallback", "failover", "context_window_fallbacks", "content_policy_fallbacks",
    ])

  static let timeouts = ConfigurationKey(
    "timeouts", TimeoutKeys.type, doc: "The clocks of a call to this model.")

  static let params = ConfigurationKey(
    "params", ParameterKeys.type, doc: "What is done with parameters before they are sent.")

  static let table = ConfigurationTable(
    "model", title: "models.<name>",
    doc: """
      What a client may send as `model`. A `*` in the name stands for one or more characters; an \
      exact name or alias wins over a pattern, and of two patterns the one with more fixed \
      characters, then the earlier.
      """, example: "{ targets: [{ provider: main }] }",
    keys: [
      aliases.description, targets.description, strategy.description, affinity.description,
      fallbacks.description, timeouts.description, params.description,
    ] + PolicyKeys.descriptions)

  static let type = ConfigurationType<ModelFields>.table(table) { members in
    let fields = ModelFields(
      aliases: members.value(aliases) ?? [], targets: members.value(targets) ?? [],
      strategy: members.value(strategy) ?? Sourced(.priority),
      affinity: members.value(affinity) ?? .builtIn,
      fallbacks: members.value(fallbacks) ?? Fallbacks(),
      timeouts: members.value(timeouts) ?? Timeouts(),
      params: members.value(params) ?? ParameterRules(),
      retry: members.value(PolicyKeys.retry) ?? RetryRules(),
      cooldown: members.value(PolicyKeys.cooldown) ?? CooldownRules(),
      stream: members.value(PolicyKeys.stream) ?? StreamRules())
    checkTargetNames(members)
    return fields
  }

  private static func checkTargetNames(_ members: Members) {
    var seen: Set<String> = []
    for target in members.node.entry(targets.name)?.value.items ?? [] {
      guard let node = target.entry(TargetKeys.id.name)?.value, let id = node.string,
        !seen.insert(id).inserted
      else { continue }
      members.reading.report(
        .nameCollision,
        "two targets of \(members.reading.place) have the id \(members.reading.quote(id))",
        at: node.span, help: "Give each its own, or none.")
    }
  }
}

/// What stands inside a model's entry.
struct ModelFields: Sendable {
  var aliases: [Sourced<String>] = []
  var targets: [TargetEntry] = []
  var strategy = Sourced(Strategy.priority)
  var affinity = AffinityRules.builtIn
  var fallbacks = Fallbacks()
  var timeouts = Timeouts()
  var params = ParameterRules()
  var retry = RetryRules()
  var cooldown = CooldownRules()
  var stream = StreamRules()

  func entry(_ name: String, _ mark: Mark, _ problem: Diagnostic?) -> ModelEntry {
    ModelEntry(
      name: name, aliases: aliases, targets: targets, strategy: strategy, affinity: affinity,
      fallbacks: fallbacks, timeouts: timeouts, params: params, retry: retry, cooldown: cooldown,
      stream: stream, mark: mark, problem: problem)
  }
}

extension ConfigurationType where Value == String {
  fileprivate static var alias: ConfigurationType {
    name("model name", .model).checked { text, node, reading in
      guard text.contains("*") else { return text }
      reading.report(
        .invalidName, "an alias cannot hold a *", at: node.span,
        help: "Write a model of its own with that name.")
      return nil
    }
  }
}
