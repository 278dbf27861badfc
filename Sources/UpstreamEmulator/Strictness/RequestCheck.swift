/// What beside the body decides whether a request is taken.
struct RequestSetting: Sendable {
  /// Whether the path is one of the dated family.
  var isDated = false
  /// Whether the path belongs to an agent, which brings its own model.
  var isOfAgent = false
  /// Whether a version was given where the v1 path takes none.
  var hasNeedlessVersion = false
  /// Whether the header names a deployment that makes images.
  var namesImageDeployment = false
}

/// Checks one request body, in the order in which the real layers see it: gateway, then schema, then
/// items.
struct RequestCheck: Sendable {
  let upstream: EmulatedUpstream
  let strictness: Strictness
  let deployments: [String]
  var setting = RequestSetting()

  /// Refuses what the upstream would refuse without looking at its store.
  func check(_ body: JSON, shape: Shape) throws(Refusal) {
    guard case .object = body else {
      throw .wrongType("body", expected: "an object", got: body.kindName)
    }
    let body = try checkAgent(body)
    try checkModel(body)
    try checkRefusedMembers(body)
    try checkItemTypes(body)
    try shape.check(body, at: "")
    try checkItems(body)
    try checkTools(body)
    try checkCombinations(body)
  }

  // An agent is a thing of projects: elsewhere the field is unknown like any other.
  private func checkAgent(_ body: JSON) throws(Refusal) -> JSON {
    guard upstream == .azureFoundry, let agent = body["agent_reference"] else { return body }
    guard agent["type"] == "agent_reference", agent["name"]?.text != nil else {
      throw .schemaMismatch
    }
    for name in ["tools", "tool_choice", "parallel_tool_calls", "model"] where body[name] != nil {
      throw .notWithAgent(name)
    }
    return body.without("agent_reference").with("model", .string(deployments.first ?? ""))
  }

  private func checkModel(_ body: JSON) throws(Refusal) {
    guard let model = body["model"], !model.isNull else {
      if setting.isOfAgent { return }
      throw .missingParameter("model")
    }
    guard let name = model.text else {
      throw .wrongType("model", expected: "a string", got: model.kindName)
    }
    if strictness.has(.chatOnly) { throw .chatOnly(name, of: upstream) }
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
    for (path, refusal) in strictness.refusedMembers where body.value(at: path) != nil {
      throw refusal
    }
    if strictness.has(.oldFields), setting.isDated {
      for path in ["safety_identifier", "text.verbosity"] where body.value(at: path) != nil {
        throw .unknownParameter(path)
      }
    }
    for (path, value) in strictness.refusedValues { try refuse(value, at: path, in: body) }
    if strictness.has(.noEncryptedContent), asksForBlob(body) {
      throw .invalid("Encrypted content is not supported with this model.", param: "include")
    }
  }

  private func refuse(_ value: String, at path: String, in body: JSON) throws(Refusal) {
    let model = body["model"]?.text ?? ""
    let found = body.value(at: path)
    if found?.text == value { throw .refusedValue(value, param: path, model: model) }
    if let index = found?.items.firstIndex(of: .string(value)) {
      throw .refusedValue(value, param: "\(path)[\(index)]", model: model)
    }
  }

  private func asksForBlob(_ body: JSON) -> Bool {
    (body["include"]?.items ?? []).contains("reasoning.encrypted_content")
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
      if strictness.has(.stringOutputs), type.hasSuffix("_output"), item["output"]?.text == nil {
        throw .wrongType("\(path).output", expected: "a string", got: "an array")
      }
    }
    try checkReasoningWithCalls(body)
  }

  private func checkReasoningWithCalls(_ body: JSON) throws(Refusal) {
    let types = Set((body["input"]?.items ?? []).compactMap { $0["type"]?.text })
    if strictness.has(.refuseReasoningWithCalls),
      types.isSuperset(of: ["reasoning", "function_call", "function_call_output"])
    {
      throw .schemaMismatch
    }
  }

  private func checkReasoning(_ item: JSON, at path: String) throws(Refusal) {
    let hasBlob = item["encrypted_content"]?.text != nil
    switch strictness.sealedReasoning {
    case .open: break
    case .plain where !hasBlob: break
    case .plain:
      guard item["id"]?.text != nil else { throw .missingParameter("\(path).id") }
      if let odd = item.members.first(where: { !Self.plainMembers.contains($0.name) }) {
        throw .unknownParameter("\(path).\(odd.name)")
      }
    case .plainBySchema:
      guard item["id"]?.text != nil, item["encrypted_content"].map({ !$0.isNull }) ?? true,
        item.members.allSatisfy({ Self.plainMembers.contains($0.name) })
      else { throw .schemaMismatch }
    }
    guard hasBlob || item["id"]?.text != nil else { throw .missingParameter("\(path).id") }
  }

  private static let plainMembers: Set = ["type", "id", "summary", "encrypted_content"]

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
        guard upstream == .azureFoundry else {
          throw .missingParameter("\(path).content[\(index)].annotations")
        }
        throw .schemaMismatch
      }
      if strictness.limitsFilesAndImages {
        try checkFile(part, at: "\(path).content[\(index)]")
      }
    }
    if strictness.has(.oldFields), setting.isDated, item["phase"] != nil {
      throw .unknownParameter("\(path).phase")
    }
  }

  // Source: the documentation of a resource: files must be uploaded for assistants, and images cannot
  // be referred to at all. The words are ours.
  private func checkFile(_ part: JSON, at path: String) throws(Refusal) {
    guard let id = part["file_id"]?.text else { return }
    if part["type"] == "input_image" {
      throw .invalid(
        "Uploaded images cannot be referenced by 'file_id'.", param: "\(path).file_id",
        code: "invalid_value")
    }
    guard id.hasPrefix("assistant-") else {
      throw .invalid(
        "The file '\(id)' has the purpose 'user_data', which is not supported.",
        param: "\(path).file_id", code: "invalid_value")
    }
  }

  private func checkTools(_ body: JSON) throws(Refusal) {
    try checkImageTool(body)
    if strictness.has(.refuseEmptyTools), body["tools"] == .array([]) {
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

  // Source: the documentation of a resource: images are made by a deployment of their own, and are not
  // streamed in part. The words are ours.
  private func checkImageTool(_ body: JSON) throws(Refusal) {
    let tools = body["tools"]?.items ?? []
    guard strictness.limitsFilesAndImages,
      let index = tools.firstIndex(where: { $0["type"] == "image_generation" })
    else { return }
    guard setting.namesImageDeployment else {
      throw .invalid(
        "The header 'x-ms-oai-image-generation-deployment' is required for image generation.",
        param: "tools[\(index)]")
    }
    if body["stream"]?.truth == true, tools[index]["partial_images"] != nil {
      throw .unsupportedParameter("tools[\(index)].partial_images", of: upstream)
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
