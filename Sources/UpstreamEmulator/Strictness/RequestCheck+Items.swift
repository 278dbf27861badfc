extension RequestCheck {
  func checkItemTypes(_ body: JSON) throws(Refusal) {
    for (index, item) in (body["input"]?.items ?? []).enumerated() {
      guard case .object = item else { continue }
      let type = strictness.requiresItemType ? item["type"]?.text : InputItem.type(of: item)
      guard let type, ItemShapes.types.contains(type) else {
        throw .unsupportedValue(
          item["type"]?.text ?? "", supported: ItemShapes.types, param: "input[\(index)]")
      }
    }
  }

  func checkItems(_ body: JSON) throws(Refusal) {
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
}

/// How an item that does not say its type is understood where that is allowed.
enum InputItem {
  static func type(of item: JSON) -> String? {
    if let type = item["type"], !type.isNull { return type.text }
    if item["role"] != nil { return "message" }
    return item.members.count <= 2 && item["id"] != nil ? "item_reference" : nil
  }
}
