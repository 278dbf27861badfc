/// How much a target is given at most; nil where there is no limit.
package struct TargetLimits: Sendable, Equatable {
  /// Requests in a minute.
  package var requestsPerMinute: Sourced<Int>?
  /// Tokens in a minute, those of requests and answers.
  package var tokensPerMinute: Sourced<Int>?
  /// Calls that are open at once.
  package var concurrency: Sourced<Int>?

  /// Creates limits that limit nothing.
  package init() {}
}

enum LimitKeys {
  static let requestsPerMinute = ConfigurationKey(
    "rpm", ConfigurationType.count.sourced, doc: "Requests in a minute.",
    misnomers: ["requests_per_minute", "request_limit", "requests"])

  static let tokensPerMinute = ConfigurationKey(
    "tpm", ConfigurationType.count.sourced,
    doc: "Tokens in a minute, those of requests and answers.",
    misnomers: ["tokens_per_minute", "token_limit", "tokens"])

  static let concurrency = ConfigurationKey(
    "concurrency", ConfigurationType.count.sourced, doc: "Calls that are open at once.",
    misnomers: ["max_parallel_requests", "parallel", "max_concurrency", "max_requests"])

  static let table = ConfigurationTable(
    "limits", title: "models.<name>.targets[].limits",
    doc: "How much a target is given at most; what does not fit goes to another.",
    example: "{ rpm: 600, tpm: 400k }",
    keys: [
      requestsPerMinute.description, tokensPerMinute.description, concurrency.description,
    ])

  static let type = ConfigurationType<TargetLimits>.table(table) { members in
    var limits = TargetLimits()
    limits.requestsPerMinute = members.value(requestsPerMinute)
    limits.tokensPerMinute = members.value(tokensPerMinute)
    limits.concurrency = members.value(concurrency)
    return limits
  }
}
