/// One emulated upstream, from a parsed request to the steps that answer it.
final class UpstreamService: RequestAnswering {
  let upstream: EmulatedUpstream
  let options: EmulatorOptions
  let key: String
  let strictness: Strictness
  let seal: Seal
  let store: ResponseStore
  let log: RequestLog
  let origin: String
  private let port: UInt16
  private let headers: ReplyHeaders
  private let faults: FaultPlan

  init(
    upstream: EmulatedUpstream, options: EmulatorOptions, log: RequestLog, port: UInt16
  ) {
    self.upstream = upstream
    self.options = options
    self.log = log
    self.port = port
    origin = "http://127.0.0.1:\(port)"
    key = options.key ?? upstream.defaultKey
    strictness = Strictness(of: upstream, quirks: options.quirks.of(deployment: nil))
    seal = Seal(upstream: upstream, key: key)
    store = ResponseStore(
      clock: options.clock, lag: strictness.lags ? options.lag : StorageLag(.zero))
    headers = ReplyHeaders(upstream: upstream, clock: options.clock)
    faults = FaultPlan(always: options.faults)
  }

  /// Replaces what every request meets; counts begin anew.
  func setFaults(_ faults: [Fault]) { self.faults.replace(always: faults) }

  /// Answers one request.
  func steps(for request: HTTPRequest, connection: Int) -> ReplyPlan {
    let record = record(of: request, connection)
    let planned = Result { () throws(Refusal) in try faults.next(for: request) }
    // What the log shows has had its faults: a test that saw it may plan those of the next.
    log.append(record)
    log.replyBegan()
    var chosen: [Fault] = []
    var reply: HTTPReply
    do throws(Refusal) {
      chosen = try planned.get()
      reply = try self.reply(to: request)
    } catch {
      reply = self.reply(for: error, request: request)
    }
    let scene = FaultScene(upstream: upstream, origin: origin, clock: options.clock)
    for fault in chosen { fault.rule.edit(&reply, fault, scene) }
    headers.add(to: &reply, request: request)
    for fault in chosen { fault.rule.editHeaders(&reply, fault) }
    var steps = reply.steps(chunked: request.speaksChunks, keepsAlive: request.keepsAlive)
    if let pace = reply.pace {
      steps = steps.flatMap { $0.isEvent ? [.pause(pace), $0] : [$0] }
    }
    for fault in chosen { fault.rule.editSteps(&steps, fault) }
    return ReplyPlan(
      steps: steps, willFinish: reply.willFinish, willEnd: { [log] in log.replyEnds() },
      didEnd: options.onReplyEnd.map { report(of: record, status: reply.status, to: $0) })
  }

  private func report(
    of request: RecordedRequest, status: Int, to receiver: @escaping @Sendable (EndedReply) -> Void
  ) -> @Sendable (ReplyOutcome) -> Void {
    { outcome in
      receiver(
        EndedReply(
          request: request, status: status, events: outcome.events,
          clientLeft: outcome.clientLeft))
    }
  }

  private func record(of request: HTTPRequest, _ connection: Int) -> RecordedRequest {
    var record = RecordedRequest(
      upstream: upstream, connection: connection, method: request.method,
      target: request.target, headers: request.headers, body: request.body)
    (record.port, record.time) = (port, options.clock.now())
    return record
  }

  /// The reply to bytes that were no request.
  func malformed(_ error: MalformedRequest) -> HTTPReply {
    var reply = HTTPReply.text(error.status, "text/plain", "\(error.reason)\n")
    headers.add(to: &reply, request: nil)
    return reply
  }

  private func reply(for refusal: Refusal, request: HTTPRequest) -> HTTPReply {
    var reply = HTTPReply.json(refusal.status, refusal.body)
    headers.add(to: &reply, request: request, refusal: refusal)
    return reply
  }

  private func reply(to request: HTTPRequest) throws(Refusal) -> HTTPReply {
    try CredentialCheck(
      upstream: upstream, key: key, strictness: strictness, tokens: options.tokens
    ).check(request)
    let route = try Router(upstream: upstream, quirks: options.quirks.of(deployment: nil))
      .route(of: request)
    switch route.operation {
    case .create: return try create(body(of: request), route.setting)
    case .read(let id): return try read(id, request)
    case .delete(let id): return try delete(id)
    case .cancel(let id): return try cancel(id)
    case .inputItems(let id): return try inputItems(of: id, request)
    case .inputTokens: return try inputTokens(body(of: request), route.setting)
    case .compact: return try compact(body(of: request), route.setting)
    case .models: return models()
    case .model(let name): return try model(name)
    }
  }

  private func body(of request: HTTPRequest) throws(Refusal) -> JSON {
    let type = request.header("content-type") ?? ""
    guard type.prefix(while: { $0 != ";" }).trimmed.lowercased() == "application/json" else {
      throw .invalid(
        "Unsupported content type: '\(type)'. This API method only accepts 'application/json' "
          + "requests.", code: "unsupported_content_type")
    }
    do {
      return try JSON(parsing: request.body)
    } catch {
      throw .invalid(
        "We could not parse the JSON body of your request: \(error.reason) at byte "
          + "\(error.offset).")
    }
  }

  /// The three checks that every body with a conversation passes.
  func conversation(
    of body: JSON, shape: Shape, _ setting: RequestSetting
  ) throws(Refusal) -> Conversation {
    let strictness = Strictness(
      of: upstream, quirks: options.quirks.of(deployment: body["model"]?.text))
    do throws(Refusal) {
      try RequestCheck(
        upstream: upstream, strictness: strictness, deployments: options.deployments,
        setting: setting
      ).check(body, shape: shape)
      return try Conversation(
        of: body, store: store, seal: seal, strictness: strictness, setting: setting)
    } catch {
      throw strictness.has(.nullCodes) ? error.withoutCode : error
    }
  }
}
