/// When what failed is left alone for a while, as one level of the file says; nil where it does not.
package struct CooldownRules: Sendable, Equatable {
  /// How many failures within the window begin a cooldown.
  package var failures: Sourced<Int>?
  /// How long a failure counts.
  package var window: Sourced<Duration>?
  /// How long the first cooldown lasts.
  package var duration: Sourced<Duration>?
  /// How long a cooldown lasts at most, after several in a row.
  package var maxDuration: Sourced<Duration>?
  /// How many calls are let through at once to see whether it is over.
  package var probes: Sourced<Int>?

  /// Creates rules that say nothing.
  package init() {}

  /// These rules, and the outer ones where these say nothing.
  package func merged(over outer: CooldownRules) -> CooldownRules {
    var merged = self
    merged.failures = failures ?? outer.failures
    merged.window = window ?? outer.window
    merged.duration = duration ?? outer.duration
    merged.maxDuration = maxDuration ?? outer.maxDuration
    merged.probes = probes ?? outer.probes
    return merged
  }

  /// What holds where nothing is written; every member is set.
  package static let builtIn: CooldownRules = {
    var rules = CooldownRules()
    rules.failures = CooldownKeys.failures.default?.value
    rules.window = CooldownKeys.window.default?.value
    rules.duration = CooldownKeys.duration.default?.value
    rules.maxDuration = CooldownKeys.maxDuration.default?.value
    rules.probes = CooldownKeys.probes.default?.value
    return rules
  }()
}

enum CooldownKeys {
  static let failures = ConfigurationKey(
    "failures", ConfigurationType.integer(1...1000).sourced, default: .number(3),
    doc: "How many failures within the window begin a cooldown.",
    misnomers: ["allowed_fails", "failure_threshold", "threshold", "max_failures"])

  static let window = ConfigurationKey(
    "window", ConfigurationType.duration.sourced, default: .duration(.seconds(60)),
    doc: "How long a failure counts.", misnomers: ["interval", "failure_window"])

  static let duration = ConfigurationKey(
    "duration", ConfigurationType.duration.sourced, default: .duration(.seconds(30)),
    doc: "How long the first cooldown lasts; each one in a row lasts twice as long.",
    misnomers: ["cooldown_time", "time", "cooldown", "cooldown_interval"])

  static let maxDuration = ConfigurationKey(
    "max_duration", ConfigurationType.duration.sourced, default: .duration(.seconds(600)),
    doc: "How long a cooldown lasts at most.", misnomers: ["max", "cap", "max_cooldown"])

  static let probes = ConfigurationKey(
    "probes", ConfigurationType.integer(1...100).sourced, default: .number(1),
    doc: "How many calls are let through at once after it, to see whether the failure has passed.",
    misnomers: ["half_open", "half_open_requests", "trials"])

  static let table = ConfigurationTable(
    "cooldown", title: "cooldown",
    doc: """
      When what failed is left alone for a while: only that which a failure blames, such as one \
      model of an account. The table may stand in `defaults`, a provider, a model and a target; each \
      of its members is taken from the nearest place that sets it.
      """, example: "{ failures: 3, window: 60s }",
    keys: [
      failures.description, window.description, duration.description, maxDuration.description,
      probes.description,
    ])

  static let type = ConfigurationType<CooldownRules>.table(table) { members in
    var rules = CooldownRules()
    rules.failures = members.value(failures)
    rules.window = members.value(window)
    rules.duration = members.value(duration)
    rules.maxDuration = members.value(maxDuration)
    rules.probes = members.value(probes)
    return rules
  }
}
