import JSONText

/// One request on its way from one API to the other.
struct ChatRequestTranslator {
  let source: JSONSource
  var out: JSONOutput
  var fields: Fields<ChatMember>
  private let places: ChatPlaces
  private let root: JSONValue
  /// The ids of `custom` calls, whose outputs have a type of their own.
  var customCallIDs: Set<String> = []
  /// The ids of the old `function_call`s that have no output yet, by the function's name.
  var openFunctionCalls: [String: [String]] = [:]
  /// How many of those calls there were.
  var functionCallCount = 0
  private(set) var dropped: [String] = []

  init(_ body: [UInt8], _ index: JSONIndex) {
    places = ChatPlaces(request: body)
    source = JSONSource(body[...])
    out = JSONOutput(capacity: body.count + body.count / 8 + 256)
    fields = Fields(index.members, in: body.span)
    root = index.root
  }

  /// Translates the request; to be called once.
  mutating func translation() throws(ChatRefusal) -> ChatTranslation {
    try refuseDuplicate(fields.duplicate)
    guard let model = fields[.model] else {
      throw missing(.model, "Name the model that shall answer.")
    }
    try refuseWhatChangesTheAnswer()
    out.made(of: root, members: root)
    out.openObject()
    try writeCarried()
    try writeInput()
    try writeTools()
    try writeToolChoice()
    try writeText()
    try writeReasoning()
    try writeOutputLimit()
    try writeLogprobs()
    let includesUsage = try writeStreamOptions()
    for member in fields.others { copy(member) }
    out.closeObject()
    return ChatTranslation(
      body: out.bytes, model: source.string(model) ?? "", isStream: fields[.stream]?.kind == .true,
      reply: ChatReply(includesUsage: includesUsage, usesFunctionCall: usesFunctionCall),
      dropped: dropped, places: places)
  }

  /// Whether the request speaks of functions as it was done before there were tools.
  var usesFunctionCall: Bool { fields[.functions] != nil && fields[.tools] == nil }

  private mutating func writeCarried() throws(ChatRefusal) {
    for (member, kind) in ChatMember.carried {
      guard let value = fields[member] else { continue }
      try expect(value, kind)
      out.key(member.rawValue)
      out.copy(source.slice(value.range))
    }
    // Chat Completions keeps nothing unless asked to, as its reference says; Responses keeps an
    // answer for thirty days unless asked not to. Absence means something else on either side, so
    // that it must be translated like a word would be.
    if fields[.store] == nil {
      out.key("store")
      out.literal("false")
    }
    // The old form has room for one call in an answer.
    if usesFunctionCall, fields[.parallelToolCalls] == nil {
      out.key("parallel_tool_calls")
      out.literal("false")
    }
  }

  /// Notes a member that does not go on.
  mutating func drop(_ name: String) {
    guard dropped.count < Self.droppedLimit, !dropped.contains(name) else { return }
    dropped.append(name)
  }

  /// Most members that are noted: the names of some are the caller's.
  private static let droppedLimit = 32

  /// Writes a member as it stands.
  mutating func copy(_ member: JSONMember) {
    out.key(copying: source.slice(member.key))
    out.copy(source.slice(member.value.range))
  }

  /// Writes the members that the translation does not know, where it writes some of its own.
  ///
  /// - Parameters:
  ///   - members: The members, of one object or of two that become one.
  ///   - written: The names that the object has already.
  /// - Throws: ``ChatRefusal`` where a name would stand twice.
  mutating func copy(
    others members: [JSONMember], besides written: [String]
  ) throws(ChatRefusal) {
    guard !members.isEmpty else { return }
    var names = Set(written)
    for member in members {
      let name = member.name(in: source.bytes.span)
      guard names.insert(name).inserted else {
        throw refusal(
          .conflict, at: member.value,
          "'\(name)' would stand twice in the object that is made of this one.",
          "Send it only where Chat Completions has it.")
      }
      copy(member)
    }
  }

  /// Writes a member with the value as it stands.
  mutating func copy(_ value: JSONValue, as name: String) {
    out.key(name)
    out.copy(source.slice(value.range))
  }
}
