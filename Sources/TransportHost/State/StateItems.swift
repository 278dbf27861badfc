internal import JSONText

/// The items of an input, or of a response's output, as far as stored state goes.
///
/// Each byte is read once; texts and arguments are stepped over.
struct StateItems: Sendable {
  /// The items in their order; one that is no object is of the kind `other`.
  private(set) var items: [StateItem] = []

  /// No items.
  init() {}

  /// One item.
  init(_ item: StateItem) { items = [item] }

  /// Reads an array.
  init(of array: JSONValue, in text: Span<UInt8>) {
    // An item of an agent's history has about 700 bytes; one may have millions.
    items.reserveCapacity(min(array.range.count / 700, 1024))
    var reader = JSONReader(at: array.range.lowerBound)
    read(&reader, in: text)
  }

  /// Reads the array at which a reader stands, and steps over it.
  init(_ reader: inout JSONReader, in text: Span<UInt8>) {
    read(&reader, in: text)
  }

  private mutating func read(_ reader: inout JSONReader, in text: Span<UInt8>) {
    var turn = 0
    reader.enter()
    while reader.nextItem(in: text) {
      guard let item = StateItem(&reader, turn: turn, in: text) else { return }
      if item.kind.endsTurn { turn += 1 }
      items.append(item)
    }
  }

  /// Whether the items tell the conversation by themselves, so that no stored response is needed.
  ///
  /// Each output has its call before it, an item of the assistant stands behind a message of
  /// somebody else, and nothing is named by an id alone: what transports go by when they replace a
  /// response that is not found.
  func carriesTranscript(in text: Span<UInt8>) -> Bool {
    var calls: Set<String> = []
    var hasQuestion = false
    var hasAnswer = false
    for item in items {
      if item.isReference { return false }
      let call = item.callID?.string(in: text)
      switch item.kind {
      case .callOutput, .otherOutput:
        guard let call, calls.contains(call) else { return false }
      case .message(isAssistant: false): hasQuestion = true
      case .message, .call: hasAnswer = hasAnswer || hasQuestion
      case .reasoning, .other: break
      }
      if let call { calls.insert(call) }
    }
    return hasAnswer
  }
}
