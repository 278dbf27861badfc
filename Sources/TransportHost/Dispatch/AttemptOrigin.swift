internal import Routing

/// Why an attempt was made, and when in its call.
struct AttemptOrigin: Sendable {
  /// The target's own name, or nil.
  let target: String?
  /// Why this target, in a few words.
  let reason: String
  /// When it began, from the beginning of its call.
  let began: Duration

  init(target: String?, reason: String, began: Duration) {
    (self.target, self.reason, self.began) = (target, reason, began)
  }
}

extension CallStep.Reason {
  /// The reason in a few words.
  ///
  /// - Parameter model: The name that the client used.
  /// - Returns: A phrase without a capital and without an end.
  func words(model: String) -> String {
    switch self {
    case .only, .strategy(.priority): "first target of \"\(model)\""
    case .strategy(let strategy): "chosen by \(strategy.word) among the targets of \"\(model)\""
    case .home: "made what the request goes on from"
    case .sticky: "where calls of this kind go"
    case .next: "the next target of \"\(model)\""
    case .fallback(let model, .any): "fallback of \"\(model)\""
    case .fallback(let model, .contextWindow): "fallback of \"\(model)\" for long inputs"
    case .fallback(let model, .contentFilter): "fallback of \"\(model)\" for filtered content"
    case .retry(let number, let most): "retry \(number) of \(most)"
    case .mended: "the same target, mended"
    case .lastResort: "all are left alone, and one must be asked"
    case .resumed: "the rest of the answer"
    }
  }
}
