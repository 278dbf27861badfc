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
