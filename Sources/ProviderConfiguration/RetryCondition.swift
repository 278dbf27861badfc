internal import YAML

/// A failure after which the same target is tried again.
package enum RetryCondition: Sendable, Hashable {
  /// No connection came about.
  case connect
  /// The first event did not come in time.
  case firstEvent
  /// The answer fell silent.
  case idle
  /// The attempt took too long.
  case attempt
  /// The stream broke, or was no answer, before its first part.
  case stream
  /// The upstream refused with this HTTP status.
  case status(Int)
}

extension RetryCondition {
  private static let words: KeyValuePairs<String, RetryCondition> = [
    "connect": .connect, "first_event": .firstEvent, "idle": .idle, "attempt": .attempt,
    "stream": .stream,
  ]

  /// Statuses that refuse; others are no failures.
  private static let statuses = 400...599

  /// As the file writes it.
  package var text: String {
    if case .status(let status) = self { return String(status) }
    return RetryCondition.words.first { $0.value == self }?.key ?? ""
  }

  /// - Source: our choice. What can pass by itself within seconds: no way to the upstream, silence, a
  ///   conflict or timeout that it reports, too many requests, and its own failures.
  static let usual: [RetryCondition] =
    [.connect, .firstEvent, .idle, .stream]
    + [408, 409, 429, 500, 502, 503, 504].map(RetryCondition.status)

  /// A word, or a status of a refusal.
  static let type = ConfigurationType<RetryCondition>(
    shape: .either(.choice(words.map(\.key)), .integer(statuses))
  ) { node, reading in
    guard node.string != nil else {
      return ConfigurationType<Int>.integer(statuses).read(node, reading)
        .map(RetryCondition.status)
    }
    guard let text = reading.literal(node, wanted: "a word") else { return nil }
    if let word = words.first(where: { $0.key == text }) { return word.value }
    report(text, node, reading)
    return nil
  }

  private static func report(_ text: String, _ node: YAMLNode, _ reading: Reading) {
    let isStatus = Int(text).map(statuses.contains) ?? false
    let meant = isStatus ? text : Spelling.nearest(to: text, among: words.map(\.key))
    reading.report(
      .unknownChoice, "\(reading.place) cannot be \(reading.quote(text))", at: node.span,
      help:
        "It is one of \(words.map(\.key).joined(separator: ", ")), or a status from 400 to 599.",
      suggestion: meant.map { ($0, node.span) })
  }
}
