/// When and how often the same target is tried again, as one level of the file says; nil where it
/// does not.
package struct RetryRules: Sendable, Equatable {
  /// How a wait is spread.
  package enum Jitter: String, Sendable, Hashable, CaseIterable {
    /// At random between nothing and the whole wait.
    case full
    /// Not at all.
    case off = "none"
  }

  /// Further tries at the same target, beside the first.
  package var maxRetries: Sourced<Int>?
  /// The failures that are tried again.
  package var retryable: Sourced<[RetryCondition]>?
  /// The longest wait before the first further try.
  package var initialBackoff: Sourced<Duration>?
  /// The longest wait before any further try.
  package var longestBackoff: Sourced<Duration>?
  /// By what each wait is longer than the one before.
  package var multiplier: Sourced<Double>?
  /// How a wait is spread.
  package var jitter: Sourced<Jitter>?
  /// The longest wait that an upstream may ask for; beyond it another target is asked.
  package var longestRetryAfter: Sourced<Duration>?
  /// How many retries a provider's live traffic may be given on top, as a share of it.
  package var budget: Sourced<Double>?

  /// Creates rules that say nothing.
  package init() {}

  /// These rules, and the outer ones where these say nothing.
  package func merged(over outer: RetryRules) -> RetryRules {
    var merged = self
    merged.maxRetries = maxRetries ?? outer.maxRetries
    merged.retryable = retryable ?? outer.retryable
    merged.initialBackoff = initialBackoff ?? outer.initialBackoff
    merged.longestBackoff = longestBackoff ?? outer.longestBackoff
    merged.multiplier = multiplier ?? outer.multiplier
    merged.jitter = jitter ?? outer.jitter
    merged.longestRetryAfter = longestRetryAfter ?? outer.longestRetryAfter
    merged.budget = budget ?? outer.budget
    return merged
  }

  /// What holds where nothing is written; every member is set.
  package static let builtIn: RetryRules = {
    var rules = RetryRules()
    rules.maxRetries = RetryKeys.maxRetries.default?.value
    rules.retryable = RetryKeys.retryable.default?.value
    rules.initialBackoff = BackoffKeys.initial.default?.value
    rules.longestBackoff = BackoffKeys.longest.default?.value
    rules.multiplier = BackoffKeys.multiplier.default?.value
    rules.jitter = BackoffKeys.jitter.default?.value
    rules.longestRetryAfter = RetryAfterKeys.longest.default?.value
    rules.budget = RetryKeys.budget.default?.value
    return rules
  }()
}
