internal import ProviderConfiguration

/// Reads one side of a comparison.
struct OperandReader {
  private let token: AssertionToken
  private let text: String
  private let option: String

  /// The names of metrics, for messages.
  static let metricNames = Metric.all.map(\.name).joined(separator: ", ")

  init(_ token: AssertionToken, in text: String, of option: String) {
    self.token = token
    self.text = text
    self.option = option
  }

  /// A literal where it begins as a number does, else a metric.
  func operand() throws(TextProblem) -> Comparison.Operand {
    guard let first = token.text.first, first.isNumber || "+-.,".contains(first) else {
      return .metric(try metric())
    }
    return .literal(try literal(), token.text)
  }

  private func metric() throws(TextProblem) -> MetricReference {
    let parts = token.text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard let metric = Metric.all.first(where: { $0.name == name }) else { throw unknown(name) }
    let selection = parts.count == 2 ? String(parts[1]) : nil
    try check(selection, of: metric)
    return MetricReference(
      metric: metric, selection: selection, text: token.text, range: token.range)
  }

  private func unknown(_ name: String) -> TextProblem {
    let correction = Spelling.nearest(to: name, among: Metric.all.map(\.name))
    let hint = correction.map { " Did you mean \"\($0)\"?" } ?? ""
    let range = token.range.lowerBound..<token.range.lowerBound + name.count
    return problem(
      "unknown metric \"\(name)\".\(hint)", at: range, help: "there are \(Self.metricNames)")
  }

  private func check(_ selection: String?, of metric: Metric) throws(TextProblem) {
    let start = token.range.lowerBound + metric.name.count
    switch (metric.selector, selection) {
    case (.someTargets, nil):
      throw problem(
        "\(metric.name) needs to know of which target", at: token.range,
        help: "write \(metric.name).NAME, with a target id, a provider id, or provider/model")
    case (_, nil): return
    case (.none, .some):
      throw problem(
        "\(metric.name) is of all calls, and takes no name", at: start..<token.range.upperBound,
        help: "write \(metric.name)")
    case (.code, .some(let code)): try check(code: code, at: start + 1..<token.range.upperBound)
    case (_, .some(let name)):
      guard name.isEmpty else { return }
      throw problem("a name is missing behind the point", at: start..<token.range.upperBound)
    }
  }

  private func check(code: String, at range: Range<Int>) throws(TextProblem) {
    guard FailureCode(rawValue: code) == nil else { return }
    let codes = FailureCode.allCases.map(\.rawValue)
    let hint = Spelling.nearest(to: code, among: codes).map { " Did you mean \"failed.\($0)\"?" }
    throw problem(
      "no failure has the code \"\(code)\".\(hint ?? "")", at: range,
      help: "there are \(codes.joined(separator: ", ")); attempts that failed at a target are"
        + " errors.NAME")
  }

  private func literal() throws(TextProblem) -> MetricValue {
    let word = token.text
    if word.hasSuffix("%"), let decimal = Decimal(word.dropLast()) {
      return MetricValue(kind: .share, number: decimal.value(dividedByTens: 2))
    }
    if let decimal = Decimal(word) { return MetricValue(kind: .count, number: decimal.value()) }
    if let duration = TimeText.parse(word) { return .duration(duration) }
    throw problem(
      "\"\(word)\" is no number, percentage or duration", at: token.range,
      help: "write 12, 99.9%, 300ms, 1.5s or 2m, without a sign and without separators")
  }

  private func problem(
    _ message: String, at range: Range<Int>, help: String? = nil
  ) -> TextProblem {
    TextProblem(message, in: text, at: range, of: option, help: help)
  }
}
