/// Which items may stand beside reasoning.
struct ReasoningRules {
  let store: ResponseStore
  let seal: Seal
  let strictness: Strictness

  /// Refuses reasoning without its neighbours, and neighbours without their reasoning.
  ///
  /// - Parameters:
  ///   - conversation: With references resolved.
  ///   - given: The items as the request wrote them: an id that the emulator gave counts for nothing
  ///     here.
  /// - Throws: The refusal.
  func check(_ conversation: Conversation, given: [JSON]) throws(Refusal) {
    try checkFollowers(conversation.added)
    try checkPredecessors(conversation, given: given)
    try checkOrigins(given)
  }

  private func checkFollowers(_ items: [JSON]) throws(Refusal) {
    for (index, item) in items.enumerated() where item["type"] == "reasoning" {
      let next = index + 1 < items.count ? items[index + 1] : .null
      let type = next["type"]?.text ?? ""
      let follows =
        type == "reasoning" || type.hasSuffix("_call")
        || (type == "message" && next["role"] == "assistant")
      guard follows else { throw .withoutFollowingItem(item["id"]?.text ?? "") }
    }
  }

  private func checkPredecessors(
    _ conversation: Conversation, given: [JSON]
  ) throws(Refusal) {
    var present = Set(conversation.inherited.compactMap { $0["id"]?.text })
    for item in given {
      guard let id = item["id"]?.text else { continue }
      if let reasoning = store.reasoning(beforeItem: id), !present.contains(reasoning) {
        throw .withoutReasoning(
          id, type: InputItem.type(of: item) ?? "message", reasoning: reasoning)
      }
      present.insert(id)
    }
  }

  private func checkOrigins(_ given: [JSON]) throws(Refusal) {
    let sealed = given.filter { $0["type"] == "reasoning" }
      .compactMap { $0["encrypted_content"]?.text }
      .compactMap { seal.open($0)?.response }
    let limit =
      strictness.has(.refuseAnyReasoning) ? 0 : strictness.has(.refuseMixedReasoning) ? 1 : Int.max
    guard Set(sealed).count <= limit else { throw .conflictingReasoning }
  }
}

/// Calls and their outputs belong together by `call_id`.
enum ToolPairing {
  /// Refuses an output before or without its call, and a call without its output.
  static func check(_ items: [JSON]) throws(Refusal) {
    var open: [(id: String, kind: String)] = []
    var made: Set<String> = []
    for item in items {
      let type = item["type"]?.text ?? ""
      let id = item["call_id"]?.text ?? ""
      if let kind = kinds[type] {
        open.append((id, kind))
        made.insert("\(kind) \(id)")
      } else if let kind = kinds[String(type.dropLast("_output".count))], type.hasSuffix("_output")
      {
        guard made.contains("\(kind) \(id)") else {
          throw .noCall(forOutputOf: kind, callID: id)
        }
        open.removeAll { $0.id == id && $0.kind == kind }
      }
    }
    if let call = open.first { throw .noOutput(forCall: call.kind, callID: call.id) }
  }

  private static let kinds = [
    "function_call": "function call", "custom_tool_call": "custom tool call",
  ]
}
