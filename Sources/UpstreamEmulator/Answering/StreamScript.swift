/// The events of one streamed response, in order and numbered from 0.
struct StreamScript {
  private(set) var events: [JSON] = []
  private let usesOddDeltas: Bool
  private let splitsCharacters: Bool
  private let hidesBlob: Bool
  private let textType: JSON
  private let pads: Bool

  /// Writes the events; quirks that do not change their form are ignored.
  init(of response: ResponseObject, quirks: [Quirk]) {
    usesOddDeltas = quirks.has(.oddDeltas)
    splitsCharacters = quirks.has(.scalarDeltas)
    hidesBlob = quirks.has(.lateBlob)
    textType = quirks.has(.oddParts) ? "text" : "output_text"
    let asked = response.body["stream_options"]?["include_obfuscation"]?.truth
    pads = asked ?? (response.upstream == .openai && !quirks.has(.noObfuscation))
    if response.body["background"]?.truth == true {
      emit("response.queued", ["response": response.running("queued")])
    }
    emit("response.created", ["response": response.running()])
    emit("response.in_progress", ["response": response.running()])
    for (index, item) in response.answer.output.enumerated() { emit(item: item, at: index) }
    let isIncomplete = response.answer.incompleteReason != nil
    emit(
      isIncomplete ? "response.incomplete" : "response.completed",
      ["response": response.finished])
  }

  private mutating func emit(_ type: String, _ members: JSON) {
    let head: JSON = ["type": .string(type), "sequence_number": .integer(events.count)]
    events.append(.object(head.members + members.members))
  }

  private mutating func emit(item: JSON, at index: Int) {
    emit("response.output_item.added", ["output_index": .integer(index), "item": opening(item)])
    let place: JSON = ["item_id": item["id"] ?? "", "output_index": .integer(index)]
    switch item["type"]?.text {
    case "message": emitText(item["content"]?[0]?["text"]?.text ?? "", place)
    case "function_call": emitArguments(item, place)
    case "custom_tool_call": emitInput(item["input"]?.text ?? "", place)
    case "reasoning": emitSummary(item["summary"]?[0]?["text"]?.text, place)
    default: break
    }
    let done = hidesBlob ? item.without("encrypted_content") : item
    emit("response.output_item.done", ["output_index": .integer(index), "item": done])
  }

  // What is known of an item before its content: the blob is there in part already, which is what
  // makes a client fail that keeps it from here and not from the end.
  private func opening(_ item: JSON) -> JSON {
    switch item["type"]?.text {
    case "message": return item.with("status", "in_progress").with("content", [])
    case "function_call": return item.with("status", "in_progress").with("arguments", "")
    case "custom_tool_call": return item.with("status", "in_progress").with("input", "")
    case "reasoning":
      let bare = item.with("summary", [])
      guard let blob = item["encrypted_content"]?.text else { return bare }
      return hidesBlob
        ? bare.without("encrypted_content")
        : bare.with("encrypted_content", .string(String(blob.prefix(blob.count * 2 / 3))))
    default: return item
    }
  }

  private mutating func emitText(_ text: String, _ place: JSON) {
    let place = JSON.object(place.members + [JSON.Member(name: "content_index", value: 0)])
    let deltaType = usesOddDeltas ? "response.text.delta" : "response.output_text.delta"
    emit("response.content_part.added", place.with("part", part("")))
    // A token may end inside of what a reader sees as one character.
    let pieces = splitsCharacters ? text.unicodeScalars.map { String($0) } : Words.split(text)
    for piece in pieces { emit(deltaType, delta(piece, place).with("logprobs", [])) }
    emit(
      "response.output_text.done", place.with("text", .string(text)).with("logprobs", []))
    emit("response.content_part.done", place.with("part", part(text)))
  }

  private func part(_ text: String) -> JSON {
    ["type": textType, "annotations": [], "logprobs": [], "text": .string(text)]
  }

  private mutating func emitArguments(_ item: JSON, _ place: JSON) {
    let arguments = item["arguments"]?.text ?? ""
    for piece in Self.pieces(of: arguments) {
      emit("response.function_call_arguments.delta", delta(piece, place))
    }
    emit(
      "response.function_call_arguments.done",
      place.with("name", item["name"] ?? "").with("arguments", .string(arguments)))
  }

  private mutating func emitInput(_ input: String, _ place: JSON) {
    for word in Words.split(input) {
      emit("response.custom_tool_call_input.delta", delta(word, place))
    }
    emit("response.custom_tool_call_input.done", place.with("input", .string(input)))
  }

  private mutating func emitSummary(_ summary: String?, _ place: JSON) {
    guard let summary else { return }
    let place = JSON.object(place.members + [JSON.Member(name: "summary_index", value: 0)])
    let part: (String) -> JSON = { ["type": "summary_text", "text": .string($0)] }
    emit("response.reasoning_summary_part.added", place.with("part", part("")))
    for word in Words.split(summary) {
      emit("response.reasoning_summary_text.delta", delta(word, place))
    }
    emit("response.reasoning_summary_text.done", place.with("text", .string(summary)))
    emit("response.reasoning_summary_part.done", place.with("part", part(summary)))
  }

  // The padding hides the length of the word from who can only see the length of packets.
  private func delta(_ text: String, _ place: JSON) -> JSON {
    let delta = place.with("delta", .string(text))
    guard pads else { return delta }
    let padding = String("paddingPADDING00".prefix(16 - text.utf8.count % 16))
    return delta.with("obfuscation", .string(padding))
  }

  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      pieces.append(String(rest.prefix(6)))
      rest = rest.dropFirst(6)
    }
    return pieces
  }
}
