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
    let kept = conversation.items.filter { $0["role"] == "user" }
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

  // The resource lists base models, whose names are no deployments: who sends one of them as
  // `model` finds out.
  func models() -> HTTPReply {
    let list = options.deployments.map { name -> JSON in
      guard upstream.isAzure else {
        return [
          "id": .string(name), "object": "model", "created": 1_754_500_000,
          "owned_by": "system",
        ]
      }
      return [
        "id": .string("\(name)-2025-08-07"), "object": "model", "status": "succeeded",
        "created_at": 1_754_500_000, "lifecycle_status": "generally-available",
        "capabilities": ["inference": true, "chat_completion": true, "fine_tune": false],
      ]
    }
    return .json(200, ["object": "list", "data": .array(list)])
  }
}
