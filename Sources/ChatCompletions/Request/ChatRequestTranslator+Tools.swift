import JSONText

/// The members of a tool or of a choice among tools.
private enum ToolMember: String {
  case type, function, custom
  case allowedTools = "allowed_tools"
}

/// The members of a function's definition that do not go on as they are.
private enum FunctionMember: String { case name, parameters, strict }

/// The members of a custom tool that do not go on as they are.
private enum CustomMember: String { case name, format }

/// The member that names a tool.
private enum NameMember: String { case name }

private enum FormatMember: String { case type, grammar }

private enum SearchMember: String {
  case userLocation = "user_location"
}

private enum LocationMember: String { case approximate }

private enum AllowedToolsMember: String { case mode, tools }

extension ChatRequestTranslator {
  /// Writes `tools`, `functions` and `web_search_options` as `tools`.
  mutating func writeTools() throws(ChatRefusal) {
    let tools = fields[.tools]
    let functions = fields[.functions]
    let search = fields[.webSearchOptions]
    guard tools != nil || functions != nil || search != nil else { return }
    out.key("tools")
    // Made of the two others it is none of them.
    if let single = tools ?? (functions == nil || search == nil ? functions ?? search : nil) {
      out.made(of: single)
    }
    out.openArray()
    if let tools {
      try expect(tools, .array)
      for tool in source.items(tools) { try writeTool(tool) }
    }
    if let functions {
      try expect(functions, .array)
      for function in source.items(functions) {
        out.made(of: function, members: function)
        try writeFunction(function, type: nil, others: [])
      }
    }
    if let search { try writeSearch(search) }
    out.closeArray()
  }

  private mutating func writeTool(_ tool: JSONValue) throws(ChatRefusal) {
    let fields: Fields<ToolMember> = try checkedFields(tool)
    let type = try string(fields[.type], "type", in: tool, "Use function or custom.")
    if source.isString(type, "function") {
      guard let function = fields[.function] else {
        throw missing("function", in: tool, "Put the function's name and parameters under it.")
      }
      out.made(of: tool, members: function)
      try writeFunction(function, type: type, others: fields.others)
    } else if source.isString(type, "custom") {
      guard let custom = fields[.custom] else {
        throw missing("custom", in: tool, "Put the tool's name and format under it.")
      }
      out.made(of: tool, members: custom)
      try writeCustom(custom, type: type, others: fields.others)
    } else {
      // Chat Completions has no other tools; those of Responses are written as they stand.
      out.copy(source.slice(tool.range))
    }
  }

  private mutating func writeFunction(
    _ function: JSONValue, type: JSONValue?, others: [JSONMember]
  ) throws(ChatRefusal) {
    let fields: Fields<FunctionMember> = try checkedFields(function)
    let name = try string(fields[.name], "name", in: function, "Name the function.")
    out.openObject()
    out.key("type")
    if let type { out.made(of: type) }
    out.literal(#""function""#)
    copy(name, as: "name")
    if let parameters = fields[.parameters] {
      copy(parameters, as: "parameters")
    } else {
      // "Omitting `parameters` defines a function with an empty parameter list."
      out.key("parameters")
      out.literal(#"{"type":"object","properties":{}}"#)
    }
    // Absent means not strict in Chat Completions and strict in Responses, as the migration guide says
    // that Documentation/chat-completions.md names.
    if let strict = fields[.strict] {
      try expect(strict, .true)
      copy(strict, as: "strict")
    } else {
      out.key("strict")
      out.literal("false")
    }
    try close(
      others: fields.others + others, besides: ["type", "name", "parameters", "strict"])
  }

  private mutating func writeCustom(
    _ custom: JSONValue, type: JSONValue, others: [JSONMember]
  ) throws(ChatRefusal) {
    let fields: Fields<CustomMember> = try checkedFields(custom)
    let name = try string(fields[.name], "name", in: custom, "Name the tool.")
    out.openObject()
    copy(type, as: "type")
    copy(name, as: "name")
    if let format = fields[.format] { try writeCustomFormat(format) }
    try close(others: fields.others + others, besides: ["type", "name", "format"])
  }

  private mutating func writeCustomFormat(_ format: JSONValue) throws(ChatRefusal) {
    let fields: Fields<FormatMember> = try checkedFields(format)
    guard let grammar = fields[.grammar] else { return copy(format, as: "format") }
    try expect(grammar, .object)
    let type = try string(fields[.type], "type", in: format, "Use text or grammar.")
    out.key("format")
    out.made(of: format, members: grammar)
    out.openObject()
    copy(type, as: "type")
    try close(others: members(of: grammar) + fields.others, besides: ["type"])
  }

  private mutating func writeSearch(_ options: JSONValue) throws(ChatRefusal) {
    let fields: Fields<SearchMember> = try checkedFields(options)
    out.made(of: options, members: options)
    out.openObject()
    out.key("type")
    out.literal(#""web_search""#)
    if let location = fields[.userLocation] {
      let outer: Fields<LocationMember> = try checkedFields(location)
      if let approximate = outer[.approximate] { try expect(approximate, .object) }
      out.key("user_location")
      out.made(of: location, members: outer[.approximate] ?? location)
      out.openObject()
      let inner = outer[.approximate].map(members(of:)) ?? []
      try close(others: outer.others + inner, besides: [])
    }
    try close(others: fields.others, besides: ["type", "user_location"])
  }
}

// MARK: - The choice among them

extension ChatRequestTranslator {
  /// Writes `tool_choice` or `function_call` as `tool_choice`.
  mutating func writeToolChoice() throws(ChatRefusal) {
    if let call = fields[.functionCall] {
      if fields[.toolChoice] != nil {
        throw refusal(
          .conflict, at: call, "'function_call' and 'tool_choice' say the same.",
          "Send 'tool_choice' alone.")
      }
      return try writeFunctionChoice(call)
    }
    guard let choice = fields[.toolChoice] else { return }
    out.key("tool_choice")
    if choice.kind == .string { return out.copy(source.slice(choice.range)) }
    try expectChoice(choice)
    let fields: Fields<ToolMember> = try checkedFields(choice)
    guard source.isString(fields[.type], "allowed_tools") else { return try writeNamed(choice) }
    guard let allowed = fields[.allowedTools] else {
      throw missing("allowed_tools", in: choice, "Put 'mode' and 'tools' under it.")
    }
    let members: Fields<AllowedToolsMember> = try checkedFields(allowed)
    guard let mode = members[.mode], let tools = members[.tools] else {
      let name = members[.mode] == nil ? "mode" : "tools"
      throw missing(name, in: allowed, "Send 'mode' (auto or required) and 'tools'.")
    }
    try expect(tools, .array)
    out.made(of: choice, members: allowed)
    out.openObject()
    out.key("type")
    if let type = fields[.type] { out.made(of: type) }
    out.literal(#""allowed_tools""#)
    copy(mode, as: "mode")
    out.key("tools")
    out.made(of: tools)
    out.openArray()
    for tool in source.items(tools) { try writeNamed(tool) }
    out.closeArray()
    try close(others: members.others + fields.others, besides: ["type", "mode", "tools"])
  }

  private func expectChoice(_ choice: JSONValue) throws(ChatRefusal) {
    guard choice.kind != .object else { return }
    throw refusal(
      .wrongType, at: choice,
      "The value is \(choice.kind.words) and must be a string or an object.",
      "Send none, auto, required, or an object that names a tool.")
  }

  private mutating func writeFunctionChoice(_ call: JSONValue) throws(ChatRefusal) {
    out.key("tool_choice")
    if call.kind == .string { return out.copy(source.slice(call.range)) }
    try expectChoice(call)
    let fields: Fields<NameMember> = try checkedFields(call)
    let name = try string(fields[.name], "name", in: call, "Name the function to call.")
    out.made(of: call, members: call)
    out.openObject()
    out.key("type")
    out.literal(#""function""#)
    copy(name, as: "name")
    try close(others: fields.others, besides: ["type", "name"])
  }

  /// Writes `{"type": T, T: {"name": …}}` as `{"type": T, "name": …}`.
  private mutating func writeNamed(_ tool: JSONValue) throws(ChatRefusal) {
    let fields: Fields<ToolMember> = try checkedFields(tool)
    let type = try string(fields[.type], "type", in: tool, "Use function, custom or allowed_tools.")
    let isCustom = source.isString(type, "custom")
    guard isCustom || source.isString(type, "function") else {
      return out.copy(source.slice(tool.range))
    }
    guard let callee = fields[isCustom ? .custom : .function] else {
      let word = isCustom ? "custom" : "function"
      throw missing(word, in: tool, "Put the tool's name under it.")
    }
    let members: Fields<NameMember> = try checkedFields(callee)
    let name = try string(members[.name], "name", in: callee, "Name the tool.")
    out.made(of: tool, members: callee)
    out.openObject()
    copy(type, as: "type")
    copy(name, as: "name")
    try close(others: members.others + fields.others, besides: ["type", "name"])
  }
}
