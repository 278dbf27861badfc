/// The top-level members of a create request, and of its two siblings.
enum RequestShapes {
  /// `POST /responses`.
  static let create = Shape.object([
    .optional("model", .string()),
    .optional("input", .either([.string(), .list(.map(.any))])),
    .optional("instructions", .nullable(.string())),
    .optional("background", .nullable(.boolean)),
    .optional("context_management", .nullable(.list(contextManagement))),
    .optional(
      "conversation", .nullable(.either([.string(), .object([.required("id", .string())])]))),
    .optional("include", .nullable(.list(.choice(includes)))),
    .optional("max_output_tokens", .nullable(.integer(16...Int.max))),
    .optional("max_tool_calls", .nullable(.integer(1...Int.max))),
    .optional("metadata", .nullable(metadata)),
    .optional("moderation", .nullable(.map(.any))),
    .optional("parallel_tool_calls", .nullable(.boolean)),
    .optional("previous_response_id", .nullable(.string())),
    .optional("prompt", .nullable(.map(.any))),
    .optional("prompt_cache_key", .nullable(.string(length: 0...64))),
    .optional("prompt_cache_options", promptCacheOptions),
    .optional("prompt_cache_retention", .nullable(.choice(["in_memory", "24h"]))),
    .optional("reasoning", .nullable(reasoning)),
    .optional("safety_identifier", .nullable(.string(length: 0...64))),
    .optional("service_tier", .nullable(.choice(serviceTiers))),
    .optional("store", .nullable(.boolean)),
    .optional("stream", .nullable(.boolean)),
    .optional("stream_options", .nullable(.object([.optional("include_obfuscation", .boolean)]))),
    .optional("temperature", .nullable(.decimal(0...2))),
    .optional("text", .nullable(text)),
    .optional("tool_choice", .nullable(ToolShapes.choice)),
    .optional("tools", .nullable(.list(ToolShapes.tool))),
    .optional("top_logprobs", .nullable(.integer(0...20))),
    .optional("top_p", .nullable(.decimal(0...1))),
    .optional("truncation", .nullable(.choice(["auto", "disabled"]))),
    .optional("user", .string()),
  ])

  /// `POST /responses/input_tokens`: what is counted, and nothing about how to answer.
  static let inputTokens = subset([
    "model", "input", "instructions", "previous_response_id", "conversation", "tools",
    "tool_choice", "parallel_tool_calls", "reasoning", "text", "truncation",
  ])

  /// `POST /responses/compact`.
  static let compact = subset([
    "model", "input", "instructions", "previous_response_id", "prompt_cache_key",
    "prompt_cache_options", "prompt_cache_retention", "service_tier",
  ])

  private static func subset(_ names: Set<String>) -> Shape {
    guard case .object(let fields) = create else { return create }
    return .object(fields.filter { names.contains($0.name) })
  }

  private static let includes = [
    "file_search_call.results", "web_search_call.results", "web_search_call.action.sources",
    "message.input_image.image_url", "computer_call_output.output.image_url",
    "code_interpreter_call.outputs", "reasoning.encrypted_content",
    "message.output_text.logprobs",
  ]

  private static let serviceTiers = [
    "auto", "default", "flex", "scale", "priority", "fast", "ultrafast",
  ]

  private static let metadata = Shape.map(.string(length: 0...512), limit: 16, names: 1...64)

  private static let contextManagement = Shape.object([
    .required("type", .string()),
    .optional("compact_threshold", .nullable(.integer(1000...Int.max))),
  ])

  private static let promptCacheOptions = Shape.nullable(
    .object([.optional("ttl", .string()), .optional("mode", .string())]))

  private static let summaries = Shape.nullable(.choice(["auto", "concise", "detailed"]))

  private static let reasoning = Shape.object([
    .optional("effort", .nullable(.choice(efforts))),
    .optional("summary", summaries),
    .optional("generate_summary", summaries),
    .optional("context", .nullable(.choice(["auto", "current_turn", "all_turns"]))),
    .optional("mode", .nullable(.string())),
  ])

  private static let efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]

  private static let text = Shape.object([
    .optional("format", .nullable(.tagged(formats))),
    .optional("verbosity", .nullable(.choice(["low", "medium", "high"]))),
  ])

  private static let type = Shape.Field.required("type", .string())

  private static let formats: [String: Shape] = [
    "text": .object([type]),
    "json_object": .object([type]),
    "json_schema": .object([
      type,
      .required("name", .string(length: 1...64)),
      .required("schema", .map(.any)),
      .optional("description", .nullable(.string())),
      .optional("strict", .nullable(.boolean)),
    ]),
  ]
}
