/// Tools and the choice among them.
enum ToolShapes {
  static let tool = Shape.tagged(
    Dictionary(uniqueKeysWithValues: hosted.map { ($0, Shape.map(.any)) })
      .merging(["function": function, "custom": custom]) { $1 })

  static let choice = Shape.either([
    .choice(["none", "auto", "required"]),
    .tagged(
      Dictionary(uniqueKeysWithValues: hosted.map { ($0, Shape.map(.any)) })
        .merging([
          "function": .object([type, name]),
          "custom": .object([type, name]),
          "mcp": .map(.any),
          "allowed_tools": .object([
            type, .required("mode", .choice(["auto", "required"])),
            .required("tools", .list(.map(.any))),
          ]),
        ]) { $1 }),
  ])

  // Tools that run at the upstream. The emulator takes them and never calls them.
  private static let hosted = [
    "apply_patch", "code_interpreter", "computer", "computer_use_preview", "file_search",
    "image_generation", "local_shell", "mcp", "namespace", "programmatic_tool_calling", "shell",
    "tool_search", "web_search", "web_search_2025_08_26", "web_search_preview",
    "web_search_preview_2025_03_11",
  ]

  private static let type = Shape.Field.required("type", .string())
  private static let name = Shape.Field.required("name", .string(length: 1...128))

  private static let function = Shape.object([
    type, name,
    .optional("description", .nullable(.string())),
    .optional("parameters", .nullable(.map(.any))),
    .optional("output_schema", .nullable(.map(.any))),
    .optional("strict", .nullable(.boolean)),
    .optional("defer_loading", .boolean),
    .optional("allowed_callers", .nullable(.list(.string()))),
  ])

  private static let custom = Shape.object([
    type, name,
    .optional("description", .nullable(.string())),
    .optional("format", .map(.any)),
    .optional("defer_loading", .boolean),
    .optional("allowed_callers", .nullable(.list(.string()))),
  ])
}
