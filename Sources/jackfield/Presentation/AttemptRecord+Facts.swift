import TransportHost

extension AttemptRecord {
  /// The provider, and behind a slash the target's own name where it has one.
  var place: String { target.map { "\(provider)/\($0)" } ?? provider }

  /// What the answer said of itself, in a few words: the tokens, and a model other than the one asked
  /// for; nil where it said nothing.
  var answerFacts: String? {
    let served = servedModel.flatMap { $0 == model ? nil : "by \($0)" }
    let facts = [usage?.words, served].compactMap(\.self)
    return facts.isEmpty ? nil : facts.joined(separator: ", ")
  }
}

extension TokenUsage {
  /// The counts that are told, as `in 12 (8 cached), out 7 (3 reasoning)`.
  fileprivate var words: String? {
    let read = Self.words("in", input, [("cached", cachedInput), ("written", cacheWrite)])
    let written = Self.words("out", output, [("reasoning", reasoning)])
    let parts = [read, written].compactMap(\.self)
    return parts.isEmpty ? total.map { "\($0) tokens" } : parts.joined(separator: ", ")
  }

  private static func words(
    _ name: String, _ count: Int64?, _ shares: [(name: String, count: Int64?)]
  ) -> String? {
    guard let count else { return nil }
    let told = shares.compactMap { share in
      share.count.flatMap { $0 > 0 ? "\($0) \(share.name)" : nil }
    }
    return "\(name) \(count)" + (told.isEmpty ? "" : " (\(told.joined(separator: ", ")))")
  }
}
