/// What the emulated model says: the same to the same conversation, and enough for a test to see what
/// arrived.
struct Answer: Sendable {
  /// The items of `output`, complete.
  private(set) var output: [JSON] = []
  /// Why the answer is cut short, if it is.
  private(set) var incompleteReason: String?
  /// Tokens of the output; the emulator counts words.
  private(set) var outputTokens = 0
  private(set) var reasoningTokens = 0

  /// Answers a conversation; sealed reasoning remembers the id of the response.
  init(to conversation: Conversation, body: JSON, response: String, seal: Seal) {
    if Self.asksForReasoning(body) { think(body: body, response: response, seal: seal) }
    let isAnswered = conversation.endsWithToolOutput && !Self.mustCall(body)
    let tools = isAnswered ? [] : Self.toolsToCall(body)
    let said = Self.shortened(conversation.userTexts.last ?? "")
    if tools.isEmpty {
      say(Self.text(for: conversation, body: body), limit: body["max_output_tokens"]?.integer)
    } else {
      for tool in tools { call(tool, said: said) }
    }
  }

  private static func asksForReasoning(_ body: JSON) -> Bool {
    guard case .object(_)? = body["reasoning"] else { return false }
    return body["reasoning"]?["effort"] != "none"
  }

  private mutating func think(body: JSON, response: String, seal: Seal) {
    let id = Identifiers.item(ofType: "reasoning")
    let wanted = body["reasoning"]?["summary"] ?? body["reasoning"]?["generate_summary"]
    let summary: JSON =
      wanted?.text == nil
      ? [] : [["type": "summary_text", "text": "**Reading the request** It says what to do."]]
    var item: JSON = ["id": .string(id), "type": "reasoning", "summary": summary]
    if (body["include"]?.items ?? []).contains("reasoning.encrypted_content") {
      let blob = seal.close(
        Seal.Content(item: id, response: response, model: body["model"]?.text ?? ""))
      item = item.with("encrypted_content", .string(blob))
    }
    output.append(item)
    reasoningTokens = 64
    outputTokens += reasoningTokens
  }

  // Who demands a call gets one, also after the output of another.
  private static func mustCall(_ body: JSON) -> Bool {
    let choice = body["tool_choice"]
    return choice == "required" || choice?["name"] != nil || choice?["mode"] == "required"
  }

  // One call, and two only where the caller allowed it in so many words: a client that offers ten
  // tools does not expect all of them to be called.
  private static func toolsToCall(_ body: JSON) -> [JSON] {
    let offered = (body["tools"]?.items ?? []).filter {
      $0["type"] == "function" || $0["type"] == "custom"
    }
    switch body["tool_choice"] {
    case .string("none"): return []
    case .object(let members)?:
      let choice = JSON.object(members)
      let names = choice["tools"]?.items.compactMap { $0["name"]?.text }
      let allowed = names ?? [choice["name"]?.text ?? ""]
      return Array(offered.filter { allowed.contains($0["name"]?.text ?? "") }.prefix(1))
    default:
      return Array(offered.prefix(body["parallel_tool_calls"]?.truth == true ? 2 : 1))
    }
  }

  private mutating func call(_ tool: JSON, said: String) {
    let isFunction = tool["type"] == "function"
    let type = isFunction ? "function_call" : "custom_tool_call"
    let input =
      isFunction
      ? String(
        decoding: SchemaSample(
          of: tool["parameters"].flatMap { $0.isNull ? nil : $0 } ?? ["type": "object"], text: said
        ).value.bytes, as: UTF8.self)
      : said
    output.append([
      "id": .string(Identifiers.item(ofType: type)), "type": .string(type),
      "status": "completed", (isFunction ? "arguments" : "input"): .string(input),
      "call_id": .string(Identifiers.call()), "name": tool["name"] ?? "",
    ])
    outputTokens += 8 + Tokens.count(input)
  }

  private mutating func say(_ text: String, limit: Int?) {
    var words = Words.split(text)
    if let limit, words.count > limit {
      words = Array(words.prefix(limit))
      incompleteReason = "max_output_tokens"
    }
    let status: JSON = incompleteReason == nil ? "completed" : "incomplete"
    output.append([
      "id": .string(Identifiers.item(ofType: "message")), "type": "message", "status": status,
      "content": [
        [
          "type": "output_text", "annotations": [], "logprobs": [],
          "text": .string(words.joined()),
        ]
      ], "role": "assistant",
    ])
    outputTokens += words.count
  }

  private static func text(for conversation: Conversation, body: JSON) -> String {
    let text = plainText(for: conversation, body: body)
    switch body["text"]?["format"]?["type"]?.text {
    case "json_schema":
      let schema = body["text"]?["format"]?["schema"] ?? [:]
      return String(
        decoding: SchemaSample(of: schema, text: text).value.bytes, as: UTF8.self)
    case "json_object":
      return String(decoding: (["answer": .string(text)] as JSON).bytes, as: UTF8.self)
    default: return text
    }
  }

  private static func plainText(for conversation: Conversation, body: JSON) -> String {
    let outputs = conversation.latestToolOutputs
    if !outputs.isEmpty {
      return "The tool answered: "
        + outputs.map { shortened(Conversation.text(of: $0)) }.joined(separator: " and ")
    }
    let texts = conversation.userTexts
    guard let last = texts.last, !last.isEmpty else { return "You said nothing." }
    let turn = texts.count > 1 ? "\nThis is turn \(texts.count) of our conversation." : ""
    let orders = (body["instructions"]?.text.map { [$0] } ?? []) + conversation.orders
    let told = orders.map { "\nI was told: \(shortened($0))" }.joined()
    return "You said: \(shortened(last))\(turn)\(told)"
  }

  // A history of megabytes is not said again word by word: its beginning and its size tell a test as
  // much.
  private static func shortened(_ text: String) -> String {
    guard text.utf8.count > 4096 else { return text }
    return "\(text.prefix(1024))… (\(text.utf8.count) bytes)"
  }
}

/// Words with the white space before them, so that joining them gives the text again.
enum Words {
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character.isWhitespace, word.last.map({ !$0.isWhitespace }) ?? false {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }
}

/// A stand-in for a tokenizer.
enum Tokens {
  /// About what real ones give for prose: a token for four bytes.
  static func count(_ text: String) -> Int { (text.utf8.count + 3) / 4 }

  static func count(_ items: [JSON]) -> Int {
    items.reduce(0) { $0 + 3 + ($1.bytes.count + 3) / 4 }
  }
}
