extension UpstreamService {
  func inputTokens(_ body: JSON, _ setting: RequestSetting) throws(Refusal) -> HTTPReply {
    let conversation = try conversation(of: body, shape: RequestShapes.inputTokens, setting)
    let count = inputTokenCount(conversation, body: body)
    return .json(200, ["object": "response.input_tokens", "input_tokens": .integer(count)])
  }

  func compact(_ body: JSON, _ setting: RequestSetting) throws(Refusal) -> HTTPReply {
    let conversation = try conversation(of: body, shape: RequestShapes.compact, setting)
    let id = Identifiers.response()
    let item = Identifiers.item(ofType: "compaction")
    let kept = conversation.items.filter { $0["role"] == "user" }.map(Conversation.inFull)
    let compaction: JSON = [
      "id": .string(item), "type": "compaction",
      "encrypted_content": .string(
        seal.close(
          Seal.Content(item: item, response: id, model: body["model"]?.text ?? ""))),
    ]
    let count = inputTokenCount(conversation, body: body)
    return .json(
      200,
      [
        "id": .string(id), "object": "response.compaction",
        "created_at": .integer(Int(options.clock.now().components.seconds)),
        "output": .array(kept + [compaction]),
        "usage": ResponseObject.usage(input: count, output: 64, reasoning: 0),
      ])
  }

  func models() -> HTTPReply {
    .json(200, ["object": "list", "data": .array(options.deployments.map(modelObject))])
  }

  func model(_ name: String) throws(Refusal) -> HTTPReply {
    let models = options.deployments.map(modelObject)
    guard let model = models.first(where: { $0["id"]?.text == name }) else {
      guard upstream.isAzure else {
        throw .invalid(
          "The model '\(name)' does not exist", param: "model", code: "model_not_found",
          status: 404)
      }
      throw .gateway(404, code: "ResourceNotFound", "The specified resource does not exist.")
    }
    return .json(200, model)
  }

  // The resource lists base models, whose names are no deployments: who sends one of them as
  // `model` finds out.
  private func modelObject(_ name: String) -> JSON {
    guard upstream.isAzure else {
      return [
        "id": .string(name), "object": "model", "created": 1_754_500_000, "owned_by": "system",
      ]
    }
    return [
      "id": .string("\(name)-2025-08-07"), "object": "model", "status": "succeeded",
      "created_at": 1_754_500_000, "lifecycle_status": "generally-available",
      "capabilities": ["inference": true, "chat_completion": true, "fine_tune": false],
    ]
  }
}
