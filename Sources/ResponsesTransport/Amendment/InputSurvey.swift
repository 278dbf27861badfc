import JSONText

/// What stands in an input, item by item, for amendments that must see all of it before they touch any.
///
/// Made for amended and chained requests alone; every other one is walked once.
struct InputSurvey {
  /// One item.
  struct Item {
    let kind: ItemKind
    /// Counts the assistant's turns; what stands between two belongs to neither.
    let turn: Int
    /// The fingerprint of its blob; nil: it has none.
    let fingerprint: UInt64?
    let callID: String?
    let isReference: Bool
  }

  /// The items in their order.
  private(set) var items: [Item] = []

  /// Reads an array.
  init(of input: JSONValue, in text: Span<UInt8>) {
    var reader = JSONReader(at: input.range.lowerBound)
    var findings = ItemFindings()
    var turn = 0
    reader.enter()
    while reader.nextItem(in: text) {
      if reader.kind(in: text) == .object {
        findings.read(&reader, in: text)
        let item = Self.item(findings, turn: turn, in: text)
        if item.kind.endsTurn { turn += 1 }
        items.append(item)
      } else {
        guard reader.skip(in: text) != nil else { return }
        items.append(
          Item(kind: .other, turn: turn, fingerprint: nil, callID: nil, isReference: false))
      }
    }
  }

  private static func item(
    _ findings: ItemFindings, turn: Int, in text: Span<UInt8>
  ) -> Item {
    let type = findings.hasType ? findings.type : nil
    let isAssistant = findings.role?.isString("assistant", in: text) ?? false
    let untyped: ItemKind = findings.role == nil ? .other : .message(isAssistant: isAssistant)
    return Item(
      kind: type.map { ItemKind(type: $0, role: findings.role, in: text) } ?? untyped, turn: turn,
      fingerprint: findings.sealed(in: text).map { Fingerprint.of($0, in: text) },
      callID: findings.callID(in: text),
      isReference: type?.isString("item_reference", in: text) ?? findings.isIDOnly)
  }

  /// Whether the input tells the conversation by itself, so that no stored response is needed.
  ///
  /// Each output has its call before it, an assistant's item stands behind a user's message, and
  /// nothing is named by an id alone.
  var carriesTranscript: Bool {
    var calls: Set<String> = []
    var hasQuestion = false
    var hasAnswer = false
    for item in items {
      if item.isReference { return false }
      switch item.kind {
      case .callOutput, .otherOutput:
        guard let id = item.callID, calls.contains(id) else { return false }
      case .message(isAssistant: false): hasQuestion = true
      case .message, .call: hasAnswer = hasAnswer || hasQuestion
      case .reasoning, .other: break
      }
      if let id = item.callID { calls.insert(id) }
    }
    return hasAnswer
  }
}
