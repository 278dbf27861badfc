import TransportSDK

extension Refusal {
  /// A refusal as it arrived, and what it was about.
  struct Case {
    let head: ResponseHead
    let error: ErrorBody
    let notes: PreparedNotes
    /// The shape of the endpoint's path.
    let family: PathFamily
    /// The upstream's text with ASCII letters in lower case, byte for byte as long.
    let message: String

    /// Reads a refusal.
    init(_ head: ResponseHead, _ error: ErrorBody, family: PathFamily) {
      self.head = head
      self.error = error
      self.family = family
      notes = PreparedNotes(head)
      message = error.message.asciiLowercased
    }

    /// Whether the error is one inside of a stream.
    var isInStream: Bool { head.status < 400 }
  }

  /// Whether the row is about a refusal.
  func fits(_ refused: Case) -> Bool {
    guard statuses.includes(refused.head.status), circumstance.holds(for: refused) else {
      return false
    }
    if codes.isEmpty, texts.isEmpty { return true }
    return codes.contains { refused.error.names.contains($0) }
      || texts.contains { Self.occurs($0, in: refused.message) }
  }

  private static func occurs(_ pattern: String, in message: String) -> Bool {
    var rest = message[...]
    for word in pattern.split(separator: "*") {
      guard let range = rest.firstRange(of: word) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}

extension Refusal.Circumstance {
  fileprivate func holds(for refused: Refusal.Case) -> Bool {
    let operation = Operation(rawValue: refused.head.operation)
    return switch self {
    case .always: true
    case .path(let families): families.contains(refused.family)
    case .stored: [.get, .delete, .cancel, .inputItems].contains(operation)
    case .chained: !refused.notes.parentID.isEmpty
    case .notCreating: operation != nil && operation != .create
    case .blaming(let lead): refused.error.parameter.hasPrefix(lead)
    }
  }
}

extension String {
  /// With ASCII letters in lower case; every offset keeps its meaning.
  var asciiLowercased: String {
    String(
      decoding: utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
