/// All that a request is about: what an earlier response left behind, and what is new.
struct Conversation: Sendable {
  /// Items that came from `previous_response_id`, oldest first.
  var inherited: [JSON] = []
  /// The items of the request, references resolved, each with an id.
  var added: [JSON] = []

  var items: [JSON] { inherited + added }

  /// Whether the turn is the model's answer to what tools returned.
  var endsWithToolOutput: Bool {
    items.last?["type"]?.text?.hasSuffix("_output") ?? false
  }

  /// The outputs of tools that stand at the end.
  var latestToolOutputs: [JSON] {
    items.reversed().prefix { $0["type"]?.text?.hasSuffix("_output") ?? false }.reversed()
  }

  /// The texts of the user, oldest first.
  var userTexts: [String] {
    items.filter { $0["role"] == "user" }.map(Self.text)
  }

  /// What messages of the developer and the system say, oldest first.
  var orders: [String] {
    items.filter { $0["role"] == "developer" || $0["role"] == "system" }.map(Self.text)
  }

  /// The text of a message or of a tool's output, parts joined by a space.
  static func text(of item: JSON) -> String {
    guard let content = item["content"] ?? item["output"] else { return "" }
    if let text = content.text { return text }
    return content.items.map { part in
      part["text"]?.text ?? part["refusal"]?.text ?? "[\(kind(of: part))]"
    }.joined(separator: " ")
  }

  /// An item as it is given back, in whatever short form it was sent.
  static func inFull(_ item: JSON) -> JSON {
    let type = item["type"]?.text ?? ""
    let hasStatus = type == "message" || type.hasSuffix("_call") || type.hasSuffix("_output")
    let item = hasStatus && item["status"] == nil ? item.with("status", "completed") : item
    guard type == "message", let text = item["content"]?.text else { return item }
    let part: JSON =
      item["role"] == "assistant"
      ? ["type": "output_text", "text": .string(text), "annotations": [], "logprobs": []]
      : ["type": "input_text", "text": .string(text)]
    return item.with("content", [part])
  }

  // Of data in the request the media type and the size are said, so that a test sees it arrive whole.
  private static func kind(of part: JSON) -> String {
    let type = part["type"]?.text ?? "part"
    guard let url = part["image_url"]?.text ?? part["file_data"]?.text, url.hasPrefix("data:"),
      let comma = url.utf8.firstIndex(of: UInt8(ascii: ","))
    else { return type }
    let media = url[..<comma].dropFirst("data:".count).prefix { $0 != ";" }
    return "\(type) \(media), \(url[comma...].utf8.count - 1) characters"
  }
}

extension Conversation {
  /// Puts a conversation together from a request that has passed its checks.
  ///
  /// - Throws: A refusal when the store does not hold, or cannot read yet, what is mentioned.
  init(
    of body: JSON, store: ResponseStore, seal: Seal, strictness: Strictness,
    setting: RequestSetting = RequestSetting()
  ) throws(Refusal) {
    if let previous = body["previous_response_id"]?.text {
      inherited = try Self.chain(endingWith: previous, store, strictness)
    }
    var resolver = ItemResolver(
      store: store, seal: seal, strictness: strictness, isStored: body["store"]?.truth ?? true,
      model: body["model"]?.text ?? "")
    resolver.seen = Set(inherited.compactMap { $0["id"]?.text })
    for item in Self.input(of: body) { added.append(try resolver.resolve(item)) }
    try ReasoningRules(store: store, seal: seal, strictness: strictness)
      .check(self, given: Self.input(of: body))
    // One report: with a version that it does not want, the path forgets which calls were made.
    let forgets = setting.hasNeedlessVersion && strictness.has(.versionBreaksCalls)
    try ToolPairing.check(
      forgets ? items.filter { !($0["type"]?.text ?? "").hasSuffix("_call") } : items)
  }

  private static func chain(
    endingWith id: String, _ store: ResponseStore, _ strictness: Strictness
  ) throws(Refusal) -> [JSON] {
    if let chain = store.chain(endingWith: id) { return chain }
    // The parent is known and its items are not there yet: what hangs on them finds nothing.
    if strictness.has(.raceNoCall), store.knows(id) { return [] }
    throw .previousResponseNotFound(id, status: strictness.has(.race404) ? 404 : 400)
  }

  private static func input(of body: JSON) -> [JSON] {
    guard let text = body["input"]?.text else { return body["input"]?.items ?? [] }
    return [
      [
        "type": "message", "role": "user",
        "content": [["type": "input_text", "text": .string(text)]],
      ]
    ]
  }
}

/// Looks up the ids that a request mentions.
struct ItemResolver {
  let store: ResponseStore
  let seal: Seal
  let strictness: Strictness
  let isStored: Bool
  /// The deployment that is asked.
  let model: String
  var seen: Set<String> = []

  /// The item in full, with a type and an id.
  mutating func resolve(_ item: JSON) throws(Refusal) -> JSON {
    let type = InputItem.type(of: item) ?? "message"
    guard let id = item["id"]?.text else {
      try verify(item["encrypted_content"]?.text)
      return item.with("type", .string(type)).with("id", .string(Identifiers.item(ofType: type)))
    }
    guard seen.insert(id).inserted else { throw .duplicateItem(id) }
    if type == "item_reference" {
      let item = try find(id)
      let isCall = item["type"]?.text?.hasSuffix("_call") ?? false
      // Paired by the id of the item in place of the id of the call, so that no output finds it.
      return isCall && strictness.has(.referencesBreakCalls)
        ? item.with("call_id", .string(id)) : item
    }
    if let blob = item["encrypted_content"]?.text {
      // What is sealed carries its own state: nothing is looked up for it.
      try verify(blob)
    } else if type == "reasoning" || strictness.looksUpInlineItems {
      _ = try find(id)
    }
    return item.with("type", .string(type))
  }

  private func find(_ id: String) throws(Refusal) -> JSON {
    switch store.item(id) {
    case .found(let item): return item
    case .unreadable: throw .itemNotFound(id, isNotPersisted: false)
    case .notPersisted: throw .itemNotFound(id, isNotPersisted: true)
    case .unknown: throw .itemNotFound(id, isNotPersisted: !isStored)
    }
  }

  private func verify(_ blob: String?) throws(Refusal) {
    guard let blob else { return }
    if let content = seal.open(blob) {
      guard strictness.has(.sealPerDeployment), content.model != model else { return }
    }
    throw strictness.has(.resourceWords) ? .blobOfAnotherResource : .foreignCiphertext(blob)
  }
}
