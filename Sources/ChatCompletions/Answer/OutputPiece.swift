import JSONText

/// A call of a tool, as places in the JSON it was found in.
struct FoundCall {
  /// Whether it is a custom tool's, with free text in place of arguments.
  let isCustom: Bool
  /// What its output must refer to; the item's own id where there is no other.
  let id: JSONValue?
  let name: JSONValue?
  /// The arguments, or the free text.
  let input: JSONValue?
}

/// One thing that an output item says.
enum OutputPiece {
  /// Text of a part, what it cites, and its tokens' probabilities.
  case text(JSONValue, part: Int, annotations: JSONValue?, logprobs: JSONValue?)
  case refusal(JSONValue, part: Int)
  /// A part of the summary of what the model thought.
  case summary(JSONValue)
  /// What the model thought, word for word.
  case thought(JSONValue)
  case call(FoundCall)
}

private enum ItemMember: String {
  case type, id, name, arguments, input, content, summary
  case callID = "call_id"
}

private enum PartMember: String { case type, text, refusal, annotations, logprobs }

extension JSONSource {
  /// What an output item says; nothing, where Chat Completions has no word for its type.
  func pieces(ofItem item: JSONValue) -> [OutputPiece] {
    let fields: Fields<ItemMember> = fields(item)
    switch string(fields[.type]) {
    case "message":
      return items(fields[.content]).enumerated().compactMap { piece(ofPart: $1, at: $0) }
    case "reasoning":
      return texts(of: fields[.summary]).map(OutputPiece.summary)
        + texts(of: fields[.content]).map(OutputPiece.thought)
    case "function_call", "custom_tool_call":
      let isCustom = isString(fields[.type], "custom_tool_call")
      let input = fields[isCustom ? .input : .arguments]
      return [
        .call(
          FoundCall(
            isCustom: isCustom, id: fields[.callID] ?? fields[.id], name: fields[.name],
            input: input))
      ]
    default: return []
    }
  }

  private func piece(ofPart part: JSONValue, at index: Int) -> OutputPiece? {
    let fields: Fields<PartMember> = fields(part)
    switch string(fields[.type]) {
    case "output_text":
      guard let text = fields[.text], text.kind == .string else { return nil }
      return .text(
        text, part: index, annotations: fields[.annotations], logprobs: fields[.logprobs])
    case "refusal":
      guard let text = fields[.refusal], text.kind == .string else { return nil }
      return .refusal(text, part: index)
    default: return nil
    }
  }

  private func texts(of parts: JSONValue?) -> [JSONValue] {
    items(parts).compactMap { part in
      let text = part.member("text", in: bytes.span)
      return text?.kind == .string ? text : nil
    }
  }

  /// A string's JSON with its quotes; another value becomes a string of its JSON, none an empty one.
  func stringLiteral(_ value: JSONValue?) -> ArraySlice<UInt8> {
    guard let value else { return [UInt8](#""""#.utf8)[...] }
    if value.kind == .string { return slice(value.range) }
    return JSONEscape.literal(String(decoding: slice(value.range), as: UTF8.self))[...]
  }

  /// How many Unicode scalars a string has: what the indices of citations count.
  func scalarCount(ofString value: JSONValue) -> Int {
    var count = 0
    var rest = content(of: value)
    while let byte = rest.popFirst() {
      // The second half of a pair of escapes belongs to the first one.
      guard byte == UInt8(ascii: "\\") else {
        if byte & 0xC0 != 0x80 { count += 1 }
        continue
      }
      let isUnicode = rest.popFirst() == UInt8(ascii: "u")
      let isLowSurrogate =
        isUnicode && rest.first.map { $0 | 0x20 == UInt8(ascii: "d") } ?? false
        && rest.dropFirst().first.map { "cdefCDEF".utf8.contains($0) } ?? false
      if isUnicode { rest = rest.dropFirst(4) }
      if !isLowSurrogate { count += 1 }
    }
    return count
  }
}
