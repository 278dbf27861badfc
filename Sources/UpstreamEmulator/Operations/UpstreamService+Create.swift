extension UpstreamService {
  // Long enough for a client to see a response at work, and to cancel it.
  private static let backgroundWork = Duration.milliseconds(400)

  func create(_ body: JSON, _ setting: RequestSetting) throws(Refusal) -> HTTPReply {
    let conversation = try conversation(of: body, shape: RequestShapes.create, setting)
    let quirks = options.quirks.of(deployment: body["model"]?.text)
    let response = respond(to: conversation, body: body, quirks: quirks)
    let isStreamed = body["stream"]?.truth ?? false
    let events =
      isStreamed
      ? StreamScript(of: response, quirks: quirks).events.map {
        ServerEvent($0, escaped: quirks.has(.escapes))
      } : []
    keep(response, conversation, events: events, isStreamed: isStreamed)
    guard isStreamed || body["background"]?.truth != true else {
      return served(.json(200, response.running("queued")))
    }
    guard isStreamed else {
      return served(.json(200, response.finished, escaped: quirks.has(.escapes)))
    }
    return served(stream(events, of: response.id, quirks: quirks))
  }

  private func respond(
    to conversation: Conversation, body: JSON, quirks: [Quirk]
  ) -> ResponseObject {
    let id = Identifiers.response()
    let answer = Answer(to: conversation, body: body, response: id, seal: seal)
    return ResponseObject(
      id: id, upstream: upstream, body: body,
      createdAt: Int(options.clock.now().components.seconds), answer: answer,
      inputTokens: inputTokenCount(conversation, body: body), quirks: quirks)
  }

  func inputTokenCount(_ conversation: Conversation, body: JSON) -> Int {
    Tokens.count(conversation.items) + Tokens.count(body["tools"]?.items ?? [])
      + Tokens.count(body["instructions"]?.text ?? "")
  }

  private func keep(
    _ response: ResponseObject, _ conversation: Conversation, events: [ServerEvent],
    isStreamed: Bool
  ) {
    let work = response.quirks.work ?? Self.backgroundWork
    let isBackground = response.body["background"]?.truth ?? false
    store.insert(
      StoredResponse(
        object: response.finished, input: conversation.added, output: response.answer.output,
        previous: response.body["previous_response_id"]?.text,
        events: isBackground ? events : [],
        endsAt: isBackground ? options.clock.now() + work : nil,
        finishedAt: options.clock.now(), isLost: response.quirks.has(.lostStore),
        isStreamed: isStreamed),
      id: response.id, isPersisted: response.body["store"]?.truth ?? true)
  }

  func stream(_ events: [ServerEvent], of id: String, quirks: [Quirk] = []) -> HTTPReply {
    let comment = ServerEvent(raw: Array(": keep-alive\n\n".utf8))
    let events = quirks.has(.comments) ? events.flatMap { [comment, $0] } : events
    return HTTPReply(
      status: 200,
      headers: [
        ("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-cache"),
      ],
      body: .events(events), willFinish: { [store] in store.restartLag(of: id) },
      pace: quirks.pace)
  }

  // The deployment's name says nothing about the model behind it; this field does.
  private func served(_ reply: HTTPReply) -> HTTPReply {
    guard upstream.isAzure else { return reply }
    var reply = reply
    reply.setHeader("x-ms-served-model", "gpt-5-2025-08-07")
    reply.setHeader("openai-model", "gpt-5-2025-08-07")
    return reply
  }
}
