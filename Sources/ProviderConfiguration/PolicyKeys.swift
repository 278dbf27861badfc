/// The tables that may stand at every level under the same words.
enum PolicyKeys {
  static let retry = ConfigurationKey(
    "retry", RetryKeys.type, doc: "When the same target is tried again before another is.",
    misnomers: ["retries", "retry_policy", "num_retries", "max_retries"])

  static let cooldown = ConfigurationKey(
    "cooldown", CooldownKeys.type, doc: "When what failed is left alone for a while.",
    misnomers: [
      "circuit_breaker", "cb_config", "outlier_detection", "cooldown_time", "allowed_fails",
    ])

  static let stream = ConfigurationKey(
    "stream", StreamKeys.type,
    doc: "When the first of an answer leaves, and what follows when it breaks off after that.",
    misnomers: ["streaming"])

  static let descriptions = [retry.description, cooldown.description, stream.description]
}
