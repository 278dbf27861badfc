/// Two sides that count different things, and what is probably meant.
struct KindMismatch {
  let left: Comparison.Operand
  let right: Comparison.Operand

  /// The finding.
  func problem(in text: String, at range: Range<Int>, of option: String) -> TextProblem {
    TextProblem(
      "\(left.text) is a \(left.kind.rawValue) and \(right.text) a \(right.kind.rawValue): they"
        + " cannot be compared", in: text, at: range, of: option, help: help)
  }

  private var help: String? {
    switch (left, right) {
    case (.metric(let metric), .literal(let value, let text)),
      (.literal(let value, let text), .metric(let metric)):
      help(metric, value, text)
    default: nil
    }
  }

  private func help(_ metric: MetricReference, _ value: MetricValue, _ text: String) -> String {
    switch (metric.metric.kind, value.kind) {
    case (.duration, .count): "write \(text)s or \(text)ms"
    case (.duration, .share): "write a duration: 300ms, 20s"
    case (.share, .count): "write \(percentage(value))%"
    case (.share, .duration): "write a percentage: 65%"
    case (.count, .share) where metric.metric.name == "failed":
      "the share of calls that did not fail is availability: compare that with a percentage"
    case (.count, .share) where metric.metric.selector == .targets:
      "the share of a target is share.NAME: compare that with a percentage"
    default: "write a number without a unit"
    }
  }

  /// What is at most 1 was meant as a part of it.
  private func percentage(_ value: MetricValue) -> String {
    let isPart = value.number <= 1
    let share = MetricValue(kind: .share, number: isPart ? value.number : value.number / 100)
    return String(share.description.dropLast())
  }
}
