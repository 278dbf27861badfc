import JSONText

/// The members of a message, of whatever role.
enum MessageMember: String {
  case role, content, name, refusal, audio, annotations, reasoning, type
  case toolCalls = "tool_calls"
  case toolCallID = "tool_call_id"
  case functionCall = "function_call"
  case reasoningContent = "reasoning_content"
  case reasoningDetails = "reasoning_details"
}

/// The members of an assistant's call.
private enum CallMember: String {
  case id, type, function, custom
  // Accumulated chunks still have it; the order of the array says the same.
  case index
}

/// The members of what a call calls.
private enum CalleeMember: String { case name, arguments, input }

/// What a call and its output have in common.
private enum CallID {
  case given(JSONValue)
  /// One that the caller did not send, for want of which this value stands.
  case made(String, of: JSONValue)
}

extension ChatRequestTranslator {
  /// Writes `messages` as `input`.
  mutating func writeInput() throws(ChatRefusal) {
    guard let messages = fields[.messages] else {
      throw missing(.messages, "Send the conversation as an array of messages.")
    }
    try expect(messages, .array)
    var items = JSONItems(of: messages)
    var members: [JSONMember] = []
    out.key("input")
    out.made(of: messages)
    out.openArray()
    var count = 0
    while let item = items.next(in: source.bytes.span, members: &members) {
      try expect(item, .object)
      let message = Fields<MessageMember>(members, in: source.bytes.span)
      try refuseDuplicate(message.duplicate)
      try write(message, at: item)
      count += 1
    }
    guard count > 0 else {
      throw refusal(
        .wrongValue, at: messages, "'messages' is empty.", "Send one message at least.")
    }
    out.closeArray()
  }

  private mutating func write(
    _ message: Fields<MessageMember>, at item: JSONValue
  ) throws(ChatRefusal) {
    let role = try string(message[.role], "role", in: item, "Say whose message it is.")
    // Of Responses, where it means what the role says here.
    if let type = message[.type], !source.isString(type, "message") {
      throw refusal(
        .wrongValue, at: type, "A message has no other type than its role.",
        "Leave 'type' out, or send the request to /v1/responses.")
    }
    if message[.name] != nil, !source.isString(role, "function") { drop("messages[].name") }
    switch source.string(role) ?? "" {
    case "system", "developer", "user":
      guard let content = message[.content] else {
        throw missing("content", in: item, "Send the message's text, or an array of parts.")
      }
      try expectContent(content)
      openMessage(message, role: role, at: item)
      out.key("content")
      try writeContent(content, .input)
      try close(others: message.others, besides: ["type", "role", "content"])
    case "assistant": try writeAssistant(message, role: role, at: item)
    case "tool": try writeToolOutput(message, at: item)
    case "function": try writeFunctionOutput(message, at: item)
    default:
      throw refusal(
        .wrongValue, at: role, "There is no such role.",
        "Use system, developer, user, assistant, tool or function.")
    }
  }

  private mutating func openMessage(
    _ message: Fields<MessageMember>, role: JSONValue, at item: JSONValue
  ) {
    out.made(of: item, members: item)
    out.openObject()
    out.key("type")
    if let type = message[.type] { out.made(of: type) }
    out.literal(#""message""#)
    copy(role, as: "role")
  }

  /// Writes what else an object has, and its end.
  mutating func close(
    others: [JSONMember], besides written: [String]
  ) throws(ChatRefusal) {
    try copy(others: others, besides: written)
    out.closeObject()
  }

  func expectContent(_ content: JSONValue) throws(ChatRefusal) {
    guard content.kind != .string, content.kind != .array else { return }
    throw refusal(
      .wrongType, at: content,
      "The value is \(content.kind.words) and must be a string or an array of parts.",
      "Send the message's text, or an array of parts.")
  }
}

// MARK: - What the assistant said and did

extension ChatRequestTranslator {
  private mutating func writeAssistant(
    _ message: Fields<MessageMember>, role: JSONValue, at item: JSONValue
  ) throws(ChatRefusal) {
    if let audio = message[.audio] {
      throw refusal(
        .unsupported, at: audio, "Responses cannot refer to an earlier audio answer.",
        "Send what was said as 'content', and leave 'audio' out.")
    }
    dropEchoes(of: message)
    let calls = try message[.toolCalls].map { (value) throws(ChatRefusal) in
      try expect(value, .array)
      return source.items(value)
    }
    let hasCalls = !(calls ?? []).isEmpty || message[.functionCall] != nil
    if let content = message[.content] { try expectContent(content) }
    if let refusal = message[.refusal] { try expect(refusal, .string) }
    // A message of calls alone has no content, an empty one in many clients.
    let content = message[.content].flatMap { hasCalls && isEmpty($0) ? nil : $0 }
    if content != nil || message[.refusal] != nil {
      openMessage(message, role: role, at: item)
      out.key("content")
      try writeAssistantContent(content, refusal: message[.refusal])
      try close(others: message.others, besides: ["type", "role", "content"])
    } else if !hasCalls {
      throw missing(
        "content", in: item, "Send what the assistant said, or its 'tool_calls', or both.")
    } else {
      for member in message.others { drop("messages[].\(printableName(of: member))") }
    }
    for call in calls ?? [] { try writeCall(call) }
    if let call = message[.functionCall] { try writeFunctionCall(call) }
  }

  /// Notes what clients send back of an answer although no API takes it.
  private mutating func dropEchoes(of message: Fields<MessageMember>) {
    if let annotations = message[.annotations], !isEmpty(annotations) {
      drop("messages[].annotations")
    }
    // Reasoning goes back only in its encrypted form, which a chat completion has no room for.
    for member in [MessageMember.reasoningContent, .reasoning, .reasoningDetails] {
      if let value = message[member], !isEmpty(value) { drop("messages[].\(member.rawValue)") }
    }
  }

  /// A member's name, which goes into a header, so that it must not end one.
  private func printableName(of member: JSONMember) -> String {
    let name = member.name(in: source.bytes.span)
    let isPlain = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") }
    return isPlain && !name.isEmpty && name.utf8.count <= 64 ? name : "(unprintable)"
  }

  private func isEmpty(_ value: JSONValue) -> Bool {
    value.kind == .string ? value.range.count == 2 : source.items(value).isEmpty
  }

  private mutating func writeAssistantContent(
    _ content: JSONValue?, refusal: JSONValue?
  ) throws(ChatRefusal) {
    guard let refusal else {
      if let content { try writeContent(content, .output) }
      return
    }
    out.made(of: content ?? refusal)
    out.openArray()
    if let content, content.kind == .string {
      if !isEmpty(content) { writePart("output_text", content, as: "text") }
    } else {
      for part in source.items(content) { try writePart(part, .output) }
    }
    writePart("refusal", refusal, as: "refusal")
    out.closeArray()
  }

  private mutating func writePart(_ type: String, _ value: JSONValue, as name: String) {
    out.made(of: value)
    out.openObject()
    out.key("type")
    out.string(type)
    copy(value, as: name)
    out.closeObject()
  }

  private mutating func writeCall(_ call: JSONValue) throws(ChatRefusal) {
    let fields: Fields<CallMember> = try checkedFields(call)
    let id = try string(fields[.id], "id", in: call, "Send the id that the call came with.")
    let isCustom = source.isString(fields[.type], "custom")
    if let type = fields[.type], !isCustom, !source.isString(type, "function") {
      throw refusal(
        .wrongValue, at: type, "There is no such type of call.", "Use function or custom.")
    }
    let name = isCustom ? "custom" : "function"
    guard let callee = fields[isCustom ? .custom : .function] else {
      throw missing(name, in: call, "Send the call as the answer had it.")
    }
    if isCustom, let id = source.string(id) { customCallIDs.insert(id) }
    out.made(of: call, members: callee)
    out.openObject()
    out.key("type")
    if let type = fields[.type] { out.made(of: type) }
    try writeCall(of: callee, .given(id), isCustom: isCustom, others: fields.others)
  }

  private mutating func writeFunctionCall(_ call: JSONValue) throws(ChatRefusal) {
    // The old form has no ids: outputs follow their calls and have the function's name.
    let id = "call_function_\(functionCallCount)"
    functionCallCount += 1
    out.made(of: call, members: call)
    out.openObject()
    out.key("type")
    try writeCall(of: call, .made(id, of: call), isCustom: false, others: [])
    let callee: Fields<CalleeMember> = source.fields(call)
    openFunctionCalls[source.string(callee[.name]) ?? "", default: []].append(id)
  }

  /// Writes a call from the value of its type on.
  private mutating func writeCall(
    of callee: JSONValue, _ id: CallID, isCustom: Bool, others: [JSONMember]
  ) throws(ChatRefusal) {
    let fields: Fields<CalleeMember> = try checkedFields(callee)
    let name = try string(fields[.name], "name", in: callee, "Send the name as the answer had it.")
    let word = isCustom ? "input" : "arguments"
    let input = try string(
      fields[isCustom ? .input : .arguments], word, in: callee,
      "Send '\(word)' as the string that the answer had.")
    out.string(isCustom ? "custom_tool_call" : "function_call")
    writeCallID(id)
    copy(name, as: "name")
    copy(input, as: word)
    try close(others: others + fields.others, besides: ["type", "call_id", "name", word])
  }

  private mutating func writeCallID(_ id: CallID) {
    switch id {
    case .given(let value): copy(value, as: "call_id")
    case .made(let id, of: let value):
      out.key("call_id")
      out.made(of: value)
      out.string(id)
    }
  }
}

// MARK: - What tools answered

extension ChatRequestTranslator {
  private mutating func writeToolOutput(
    _ message: Fields<MessageMember>, at item: JSONValue
  ) throws(ChatRefusal) {
    let id = try string(
      message[.toolCallID], "tool_call_id", in: item, "Send the id of the call that it answers.")
    let isCustom = !customCallIDs.isEmpty && customCallIDs.contains(source.string(id) ?? "")
    try writeOutput(message, .given(id), isCustom: isCustom, at: item)
  }

  private mutating func writeFunctionOutput(
    _ message: Fields<MessageMember>, at item: JSONValue
  ) throws(ChatRefusal) {
    let name = try string(message[.name], "name", in: item, "Send the function's name.")
    guard let id = openFunctionCalls[source.string(name) ?? ""]?.popLast() else {
      throw refusal(
        .wrongValue, at: name,
        "No message before it has a 'function_call' of that name without an output.",
        "Send the assistant's message with the 'function_call' before its output.")
    }
    try writeOutput(message, .made(id, of: name), isCustom: false, at: item)
  }

  private mutating func writeOutput(
    _ message: Fields<MessageMember>, _ id: CallID, isCustom: Bool, at item: JSONValue
  ) throws(ChatRefusal) {
    guard let content = message[.content] else {
      throw missing("content", in: item, "Send what the tool answered, \"\" for nothing.")
    }
    try expectContent(content)
    out.made(of: item, members: item)
    out.openObject()
    out.key("type")
    out.string(isCustom ? "custom_tool_call_output" : "function_call_output")
    writeCallID(id)
    out.key("output")
    try writeContent(content, .input)
    try close(others: message.others, besides: ["type", "call_id", "output"])
  }
}
