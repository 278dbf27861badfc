enum RetryKeys {
  static let maxRetries = ConfigurationKey(
    "max_retries", ConfigurationType.integer(0...10).sourced, default: .number(2),
    doc: "Further tries at the same target, beside the first.",
    misnomers: ["num_retries", "retries", "attempts", "max_attempts", "request_max_retries"])

  static let retryable = ConfigurationKey(
    "retryable", ConfigurationType<[RetryCondition]>.list(of: RetryCondition.type).sourced,
    default: .value(
      RetryCondition.usual, "[\(RetryCondition.usual.map(\.text).joined(separator: ", "))]"),
    doc: """
      The failures that are tried again: clocks that ran out (`connect` also for a connection that \
      did not come about), `stream` for one that broke or was no answer before its first part, and \
      statuses.
      """,
    misnomers: ["on", "retry_on", "on_status_codes", "status_codes", "retriable", "conditions"])

  static let backoff = ConfigurationKey(
    "backoff", BackoffKeys.type, doc: "The waits between tries.",
    misnomers: ["delay", "wait", "retry_delay"])

  static let respectRetryAfter = ConfigurationKey(
    "respect_retry_after", RetryAfterKeys.type,
    doc: "How far a wait is obeyed that the upstream asks for.",
    misnomers: ["retry_after", "use_retry_after_header"])

  /// Source: our choice; Envoy's retry budget is a fifth of the active requests too.
  static let budget = ConfigurationKey(
    "budget", ConfigurationType.number(0...1).sourced, default: .value(0.2, "0.2"),
    doc: """
      How many retries a provider's live traffic may be given on top, as a share of it; a small \
      reserve is free. `0` leaves the reserve alone.
      """, misnomers: ["retry_budget", "budget_percent"])

  static let table = ConfigurationTable(
    "retry", title: "retry",
    doc: """
      When the same target is tried again before another is. The table may stand in `defaults`, a \
      provider, a model and a target; each of its members is taken from the nearest place that sets \
      it.
      """, example: "{ max_retries: 2 }",
    keys: [
      maxRetries.description, retryable.description, backoff.description,
      respectRetryAfter.description, budget.description,
    ])

  static let type = ConfigurationType<RetryRules>.table(table) { members in
    let backoff = members.value(backoff) ?? RetryRules()
    var rules = backoff.merged(over: members.value(respectRetryAfter) ?? RetryRules())
    rules.maxRetries = members.value(maxRetries)
    rules.retryable = members.value(retryable)
    rules.budget = members.value(budget)
    return rules
  }
}

enum BackoffKeys {
  static let initial = ConfigurationKey(
    "initial", ConfigurationType.duration.sourced, default: .duration(.milliseconds(250)),
    doc: "The wait before the first further try.",
    misnomers: ["base", "min", "initial_delay", "base_delay"])

  static let longest = ConfigurationKey(
    "max", ConfigurationType.duration.sourced, default: .duration(.seconds(8)),
    doc: "The longest wait.", misnomers: ["maximum", "cap", "max_delay", "limit"])

  static let multiplier = ConfigurationKey(
    "multiplier", ConfigurationType.number(1...10).sourced, default: .value(2, "2"),
    doc: "By what each wait is longer than the one before.", misnomers: ["factor", "base_factor"])

  static let jitter = ConfigurationKey(
    "jitter", ConfigurationType<RetryRules.Jitter>.choice.sourced,
    default: .value(.full, RetryRules.Jitter.full.rawValue),
    doc: "`full` waits at random between nothing and the wait; `none` waits exactly.",
    misnomers: ["jitter_factor"])

  static let table = ConfigurationTable(
    "backoff", title: "retry.backoff",
    doc: """
      The waits between tries: the nth is `initial` × `multiplier`ⁿ⁻¹ and at most `max`: 250 ms, \
      500 ms, 1 s, … 8 s.
      """, example: "{ initial: 250ms, max: 8s }",
    keys: [
      initial.description, longest.description, multiplier.description, jitter.description,
    ])

  static let type = ConfigurationType<RetryRules>.table(table) { members in
    var rules = RetryRules()
    rules.initialBackoff = members.value(initial)
    rules.longestBackoff = members.value(longest)
    rules.multiplier = members.value(multiplier)
    rules.jitter = members.value(jitter)
    return rules
  }
}

enum RetryAfterKeys {
  static let longest = ConfigurationKey(
    "max", ConfigurationType.duration.sourced, default: .duration(.seconds(20)),
    doc: "The longest wait that is obeyed; where more is asked for, another target is tried.",
    misnomers: ["maximum", "cap", "limit"])

  static let table = ConfigurationTable(
    "retry-after", title: "retry.respect_retry_after",
    doc: "How far a wait is obeyed that the upstream asks for.", example: "{ max: 20s }",
    keys: [longest.description])

  static let type = ConfigurationType<RetryRules>.table(table) { members in
    var rules = RetryRules()
    rules.longestRetryAfter = members.value(longest)
    return rules
  }
}
