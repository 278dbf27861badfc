import JSONText

/// The events that a chunk is made of; all others say nothing that Chat Completions has a word for.
///
/// The types are those of <https://github.com/openai/openai-python/tree/main/src/openai/types/responses>.
enum StreamEventType: String {
  case created = "response.created"
  case queued = "response.queued"
  case inProgress = "response.in_progress"
  case itemAdded = "response.output_item.added"
  case itemDone = "response.output_item.done"
  case textDelta = "response.output_text.delta"
  // No type of the protocol; some deployments send it in place of the one above.
  case textDeltaAlias = "response.text.delta"
  case textDone = "response.output_text.done"
  case annotationAdded = "response.output_text.annotation.added"
  case refusalDelta = "response.refusal.delta"
  case refusalDone = "response.refusal.done"
  case argumentsDelta = "response.function_call_arguments.delta"
  case argumentsDone = "response.function_call_arguments.done"
  case inputDelta = "response.custom_tool_call_input.delta"
  case inputDone = "response.custom_tool_call_input.done"
  case summaryDelta = "response.reasoning_summary_text.delta"
  case summaryDone = "response.reasoning_summary_text.done"
  case thoughtDelta = "response.reasoning_text.delta"
  case thoughtDone = "response.reasoning_text.done"
  case completed = "response.completed"
  case incomplete = "response.incomplete"
  case failed = "response.failed"
  case cancelled = "response.cancelled"
  case error = "error"
}

/// The members of an event that are looked at.
enum EventMember: String {
  case type, delta, text, refusal, arguments, input, item, response, annotation, logprobs
  case obfuscation
  case itemID = "item_id"
  case outputIndex = "output_index"
  case contentIndex = "content_index"
  case summaryIndex = "summary_index"
}

/// Which output item an event is about, as far as it says.
struct ItemKey: Sendable {
  /// The item's place in the output.
  let outputIndex: Int?
  /// The item's id as it is written; nil where the event has none.
  let itemID: [UInt8]?

  /// Whether the event says anything.
  var isKnown: Bool { outputIndex != nil || itemID != nil }

  /// Whether both are about one item.
  ///
  /// The place counts for more than the id: some deployments give an item another id in each event.
  /// Where neither can be compared they are taken for the same, so that nothing is said twice.
  func isSame(as other: ItemKey) -> Bool {
    if let outputIndex, let place = other.outputIndex { return outputIndex == place }
    if let itemID, let id = other.itemID { return itemID == id }
    return true
  }
}

/// One event, read.
struct StreamEvent {
  let source: JSONSource
  let root: JSONValue
  let fields: Fields<EventMember>

  /// Nil where the data is no JSON object.
  init?(_ data: ArraySlice<UInt8>) {
    let text = JSONSource(data)
    guard let index = try? JSONText.index(text.bytes.span), index.root.kind == .object else {
      return nil
    }
    source = text
    root = index.root
    fields = Fields(index.members, in: text.bytes.span)
  }

  /// The item it is about; its id stands in the item where there is one.
  var key: ItemKey {
    let id = fields[.itemID] ?? fields[.item]?.member("id", in: source.bytes.span)
    return ItemKey(
      outputIndex: source.integer(fields[.outputIndex]),
      itemID: id.flatMap { $0.kind == .string ? Array(source.slice($0.range)) : nil })
  }

  /// A member that is a string.
  func string(_ member: EventMember) -> JSONValue? {
    fields[member].flatMap { $0.kind == .string ? $0 : nil }
  }
}
