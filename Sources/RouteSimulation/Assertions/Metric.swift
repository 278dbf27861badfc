/// A number of a report that assertions may name.
package struct Metric: Sendable, Hashable {
  /// What may follow its name behind a point.
  package enum Selector: Sendable, Hashable {
    /// Nothing.
    case none
    /// The name of targets, or nothing.
    case targets
    /// The name of targets.
    case someTargets
    /// A code of failures, or nothing.
    case code
  }

  /// Its name.
  package let name: String
  /// What it counts.
  package let kind: MetricValue.Kind
  /// What may follow the name.
  package let selector: Selector
  /// What it is.
  package let meaning: String

  private init(
    _ name: String, _ kind: MetricValue.Kind, _ selector: Selector, _ meaning: String
  ) {
    self.name = name
    self.kind = kind
    self.selector = selector
    self.meaning = meaning
  }

  /// All of them, in the order of the documentation.
  package static let all: [Metric] = [
    Metric("calls", .count, .none, "calls that arrived"),
    Metric("served", .count, .targets, "calls that were answered to the end"),
    Metric("failed", .count, .code, "calls that were not"),
    Metric("availability", .share, .none, "`served` of `calls`"),
    Metric("share", .share, .someTargets, "`served.NAME` of `served`"),
    Metric("attempts", .count, .targets, "requests to upstreams"),
    Metric("errors", .count, .targets, "attempts that failed"),
    Metric("retries", .count, .none, "attempts at the same target again"),
    Metric(
      "fallbacks", .count, .none, "first attempts at targets of another model than was asked for"),
    Metric("waits", .count, .none, "times that calls let pass"),
    Metric("waited", .duration, .none, "how long all waits were together"),
    Metric("longest_wait", .duration, .none, "the longest wait"),
    Metric("opened", .count, .targets, "cooldowns that were opened"),
    Metric("probes", .count, .targets, "attempts that found out whether a cooldown was over"),
    Metric("busiest", .count, .someTargets, "the most attempts at the same time at any of them"),
    Metric("p50", .duration, .targets, "how long half of all clients waited at most"),
    Metric("p90", .duration, .targets, "the same for 90 % of them"),
    Metric("p95", .duration, .targets, "the same for 95 %"),
    Metric("p99", .duration, .targets, "the same for 99 %"),
    Metric("max", .duration, .targets, "how long the client waited that waited longest"),
  ]
}

/// A metric as an assertion names it.
package struct MetricReference: Sendable, Hashable {
  /// The metric.
  package let metric: Metric
  /// What follows its name; nil: nothing.
  package let selection: String?
  /// How it was written.
  package let text: String
  /// Where.
  let range: Range<Int>
}
