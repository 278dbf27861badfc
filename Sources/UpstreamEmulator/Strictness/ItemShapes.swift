/// The items of `input`, by type.
enum ItemShapes {
  /// Every type of item, in the order in which refusals list them.
  static let types = [
    "apply_patch_call", "apply_patch_call_output", "code_interpreter_call", "compaction",
    "compaction_trigger", "computer_call", "computer_call_output", "custom_tool_call",
    "custom_tool_call_output", "file_search_call", "function_call", "function_call_output",
    "image_generation_call", "item_reference", "local_shell_call", "local_shell_call_output",
    "mcp_approval_request", "mcp_approval_response", "mcp_call", "mcp_list_tools", "message",
    "reasoning", "shell_call", "shell_call_output", "tool_search_call", "tool_search_output",
    "web_search_call",
  ]

  /// The shape of each type that the emulator understands; the others are taken as they are.
  static func shape(of type: String) -> Shape { shapes[type] ?? .map(.any) }

  private static let shapes: [String: Shape] = [
    "message": message, "function_call": functionCall, "custom_tool_call": customCall,
    "function_call_output": output, "custom_tool_call_output": output, "reasoning": reasoning,
    "item_reference": .object([.optional("type", .nullable(.string())), .required("id", id)]),
    "compaction": .object([
      type, .optional("id", .nullable(id)), .required("encrypted_content", .string()),
    ]),
    "compaction_trigger": .object([type]),
  ]

  private static let id = Shape.string(length: 1...64)
  private static let callID = Shape.Field.required("call_id", .string(length: 1...64))
  private static let type = Shape.Field.optional("type", .string())
  private static let itemID = Shape.Field.optional("id", .nullable(id))
  private static let status = Shape.Field.optional(
    "status", .nullable(.choice(["in_progress", "completed", "incomplete"])))
  private static let caller = Shape.Field.optional("caller", .nullable(.map(.any)))
  private static let namespace = Shape.Field.optional(
    "namespace", .nullable(.string(length: 1...64)))

  private static let message = Shape.object([
    type, itemID, status,
    .required("role", .choice(["assistant", "system", "developer", "user"])),
    .required("content", .either([.string(), .list(.tagged(parts))])),
    .optional("phase", .nullable(.choice(["commentary", "final_answer"]))),
  ])

  private static let functionCall = Shape.object([
    type, itemID, callID, status, namespace, caller,
    .required("name", .string(length: 1...128)),
    .required("arguments", .string()),
  ])

  private static let customCall = Shape.object([
    type, itemID, callID, status, namespace, caller,
    .required("name", .string(length: 1...128)),
    .required("input", .string()),
  ])

  private static let output = Shape.object([
    type, itemID, callID, status, namespace, caller,
    .required("output", .either([.string(length: 0...10_485_760), .list(.tagged(inputParts))])),
    .optional("name", .nullable(.string(length: 1...128))),
  ])

  private static let reasoning = Shape.object([
    type, itemID, status,
    .required("summary", .list(.object([partType, .required("text", .string())]))),
    .optional("encrypted_content", .nullable(.string())),
    .optional("content", .nullable(.list(.object([partType, .required("text", .string())])))),
  ])

  private static let partType = Shape.Field.required("type", .string())
  private static let breakpoint = Shape.Field.optional("prompt_cache_breakpoint", .any)
  private static let detail = Shape.Field.optional("detail", .nullable(.string()))

  private static let inputParts: [String: Shape] = [
    "input_text": .object([partType, .required("text", .string()), breakpoint]),
    "input_image": .object([
      partType, detail, breakpoint,
      .optional("image_url", .nullable(.string())), .optional("file_id", .nullable(.string())),
    ]),
    "input_file": .object([
      partType, detail, breakpoint,
      .optional("file_id", .nullable(.string())), .optional("filename", .nullable(.string())),
      .optional("file_data", .nullable(.string())), .optional("file_url", .nullable(.string())),
    ]),
  ]

  private static let parts = inputParts.merging([
    "output_text": .object([
      partType, .required("text", .string()), .optional("annotations", .list(.map(.any))),
      .optional("logprobs", .nullable(.list(.map(.any)))),
    ]),
    "refusal": .object([partType, .required("refusal", .string())]),
  ]) { $1 }
}
