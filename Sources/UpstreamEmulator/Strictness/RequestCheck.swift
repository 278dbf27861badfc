/// Checks one request body, in the order in which the real layers see it: gateway, then schema, then
/// items.
struct RequestCheck: Sendable {
  let upstream: EmulatedUpstream
  let strictness: Strictness
  let deployments: [String]

  /// Refuses what the upstream would refuse without looking at its store.
  func check(_ body: JSON, shape: Shape) throws(Refusal) {
    guard case .object = body else {
      throw .wrongType("body", expected: "an object", got: body.kindName)
    }
    try checkModel(body)
    try checkRefusedMembers(body)
    try checkItemTypes(body)
    try shape.check(body, at: "")
    try checkItems(body)
    try checkTools(body)
    try checkCombinations(body)
  }

  private func checkModel(_ body: JSON) throws(Refusal) {
    guard let model = body["model"], !model.isNull else { throw .missingParameter("model") }
    guard let name = model.text else {
      throw .wrongType("model", expected: "a string", got: model.kindName)
    }
    guard !deployments.contains(name) else { return }
    guard upstream.isAzure else {
      throw .invalid(
        "The requested model '\(name)' does not exist.", param: "model", code: "model_not_found")
    }
    throw .gateway(
      404, code: "DeploymentNotFound",
      "The API deployment for this resource does not exist. If you created the deployment within "
        + "the last 5 minutes, please wait a moment and try again.")
  }

  private func checkRefusedMembers(_ body: JSON) throws(Refusal) {
    for member in body.members {
      if let refusal = strictness.refusedMembers[member.name] { throw refusal }
    }
  }

  private func checkItemTypes(_ body: JSON) throws(Refusal) {
    for (index, item) in (body["input"]?.items ?? []).enumerated() {
      guard case .object = item else { continue }
      let type = strictness.requiresItemType ? item["type"]?.text : InputItem.type(of: item)
      guard let type, ItemShapes.types.contains(type) else {
        throw .unsupportedValue(
          item["type"]?.text ?? "", supported: ItemShapes.types, param: "input[\(index)]")
      }
    }
  }

  private func checkItems(_ body: JSON) throws(Refusal) {
    for (index, item) in (body["input"]?.items ?? []).enumerated() {
      let path = "input[\(index)]"
      let type = InputItem.type(of: item) ?? ""
      if type == "reasoning" { try checkReasoning(item, at: path) }
      try ItemShapes.shape(of: type).check(item, at: path)
      try checkID(item, type: type, at: path)
      if type == "message" { try checkMessage(item, at: path) }
    }
  }

  private func checkReasoning(_ item: JSON, at path: String) throws(Refusal) {
    let hasBlob = item["encrypted_content"]?.text != nil
    if strictness.requiresPlainReasoning {
      let allowed: Set = ["type", "id", "summary", "encrypted_content"]
      guard item["id"]?.text != nil, item["encrypted_content"].map({ !$0.isNull }) ?? true,
        item.members.allSatisfy({ allowed.contains($0.name) })
      else { throw .schemaMismatch }
    }
    guard hasBlob || item["id"]?.text != nil else { throw .missingParameter("\(path).id") }
  }

  private func checkID(_ item: JSON, type: String, at path: String) throws(Refusal) {
    guard let id = item["id"]?.text, let prefix = Identifiers.prefix(ofItemType: type),
      !id.hasPrefix(prefix)
    else { return }
    throw .invalid(
      "Invalid '\(path).id': '\(id)'. Expected an ID that begins with '\(prefix)'.",
      param: "\(path).id", code: "invalid_value")
  }

  private func checkMessage(_ item: JSON, at path: String) throws(Refusal) {
    let role = item["role"]?.text ?? ""
    if item["content"]?.text != nil, strictness.rolesWithoutBareText.contains(role) {
      throw .wrongType(
        "\(path).content", expected: "an array of objects", got: "a string")
    }
    let allowed =
      role == "assistant"
      ? ["output_text", "refusal"] : ["input_text", "input_image", "input_file"]
    for (index, part) in (item["content"]?.items ?? []).enumerated() {
      let type = part["type"]?.text ?? ""
      guard allowed.contains(type) else {
        throw .unsupportedValue(
          type, supported: allowed, param: "\(path).content[\(index)]")
      }
      if strictness.requiresAnnotations, type == "output_text", part["annotations"] == nil {
        throw .schemaMismatch
      }
    }
  }

  private func checkTools(_ body: JSON) throws(Refusal) {
    if strictness.refusesEmptyTools, body["tools"] == .array([]) {
      throw .invalid(
        "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty "
          + "array instead.", param: "tools", code: "empty_array")
    }
    let names = (body["tools"]?.items ?? []).compactMap { $0["name"]?.text }
    switch body["tool_choice"] {
    case .string("required") where body["tools"]?.items.isEmpty ?? true:
      throw .invalid(
        "Tool choice 'required' must be specified with 'tools' parameter.", param: "tool_choice")
    case .object(let members)?:
      let choice = JSON.object(members)
      guard let name = choice["name"]?.text, choice["type"] != "mcp", !names.contains(name) else {
        return
      }
      throw .invalid(
        "Tool choice '\(name)' not found in 'tools' parameter.", param: "tool_choice")
    default: return
    }
  }

  private func checkCombinations(_ body: JSON) throws(Refusal) {
    if body["background"]?.truth == true, body["store"]?.truth == false {
      throw .invalid("Background mode requires `store` to be true.", param: "background")
    }
    let sources = ["input", "previous_response_id", "prompt", "conversation"]
    guard sources.contains(where: { body[$0].map { !$0.isNull } ?? false }) else {
      throw .missingParameter("input")
    }
    if let id = body["conversation"]?.text ?? body["conversation"]?["id"]?.text {
      throw .invalid("Conversation with id '\(id)' not found.", status: 404)
    }
  }
}

/// How an item that does not say its type is understood where that is allowed.
enum InputItem {
  static func type(of item: JSON) -> String? {
    if let type = item["type"], !type.isNull { return type.text }
    if item["role"] != nil { return "message" }
    return item.members.count <= 2 && item["id"] != nil ? "item_reference" : nil
  }
}
