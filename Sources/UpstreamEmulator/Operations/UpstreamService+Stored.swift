extension UpstreamService {
  func read(_ id: String, _ request: HTTPRequest) throws(Refusal) -> HTTPReply {
    let response = try stored(id)
    guard request.queryValue("stream") == "true" else {
      return .json(200, current(response))
    }
    guard !response.events.isEmpty else {
      throw .invalid(
        "Only responses created with `background` and `stream` set to true can be streamed.")
    }
    let after = request.queryValue("starting_after").flatMap { Int($0) } ?? -1
    return stream(Array(response.events.dropFirst(after + 1)), of: id)
  }

  func delete(_ id: String) throws(Refusal) -> HTTPReply {
    guard store.remove(id) else { throw .responseNotFound(id) }
    return .json(200, ["id": .string(id), "object": "response", "deleted": true])
  }

  func cancel(_ id: String) throws(Refusal) -> HTTPReply {
    let response = try stored(id)
    guard let end = response.endsAt else {
      throw .invalid("Cannot cancel a synchronous response.")
    }
    guard end > options.clock.now() else { return .json(200, response.object) }
    let cancelled = response.object.with("status", "cancelled").with("output", [])
    store.update(id) { stored in
      stored.object = cancelled
      stored.endsAt = .zero
    }
    return .json(200, cancelled)
  }

  func inputItems(of id: String, _ request: HTTPRequest) throws(Refusal) -> HTTPReply {
    let response = try stored(id)
    let limit = request.queryValue("limit").map { Int($0) ?? 0 } ?? 20
    guard (1...100).contains(limit) else {
      throw .invalid(
        "Invalid 'limit': integer out of range. Expected a value between 1 and 100.",
        param: "limit", code: "invalid_value")
    }
    let order = request.queryValue("order") ?? "desc"
    guard order == "asc" || order == "desc" else {
      throw .unsupportedValue(order, supported: ["asc", "desc"], param: "order")
    }
    var items = order == "asc" ? response.input : response.input.reversed()
    if let after = request.queryValue("after") {
      guard let index = items.firstIndex(where: { $0["id"]?.text == after }) else {
        throw .itemNotFound(after, isNotPersisted: false)
      }
      items = Array(items[(index + 1)...])
    }
    let page = items.prefix(limit)
    return .json(
      200,
      [
        "object": "list", "data": .array(page.map(Conversation.inFull)),
        "first_id": page.first?["id"] ?? .null, "last_id": page.last?["id"] ?? .null,
        "has_more": .boolean(items.count > page.count),
      ])
  }

  private func stored(_ id: String) throws(Refusal) -> StoredResponse {
    guard let response = store.response(id) else { throw .responseNotFound(id) }
    return response
  }

  // Work in the background is not done: time passes, and then it was.
  private func current(_ response: StoredResponse) -> JSON {
    guard let end = response.endsAt, end > options.clock.now() else { return response.object }
    return response.object.with("status", "in_progress").with("output", [])
      .with("completed_at", .null).with("usage", .null)
  }
}
