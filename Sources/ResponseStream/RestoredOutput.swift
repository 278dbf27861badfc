/// What a terminal event lacked of the output and was given from earlier events.
package enum RestoredOutput: Sendable, Hashable {
  /// It had no items at all: this many.
  case items(Int)
  /// This many reasoning items of it had no encrypted content.
  case encryptedContent(Int)

  /// What happened, for whoever reads the result.
  package var words: String {
    switch self {
    case .items(let count):
      "the upstream's last event had no output; \(Self.items(count)) that it had finished before"
        + " \(count == 1 ? "stands" : "stand") there"
    case .encryptedContent(let count):
      "the upstream's last event had \(Self.items(count)) of reasoning without the encrypted content"
        + " that came before it; it was put back"
    }
  }

  private static func items(_ count: Int) -> String { count == 1 ? "1 item" : "\(count) items" }
}
