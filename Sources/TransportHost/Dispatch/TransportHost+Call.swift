internal import CurlHTTP
internal import ProviderConfiguration

extension TransportHost {
  /// Sends a call and waits for the whole answer.
  ///
  /// - Throws: ``CallError``: what, where, why, and what was tried.
  public func respond(to request: CallRequest) async throws(CallError) -> CallResult {
    let events = try await stream(request)
    for try await _ in events {}
    guard let result = events.result else {
      throw CallError(.internal, "the answer ended without a result")
    }
    return result
  }

  /// Sends a call and hands out the answer's events as they arrive.
  ///
  /// A request that asks for no stream gives one event without a type: the result object.
  ///
  /// - Throws: ``CallError`` when there is no answer at all.
  public func stream(_ request: CallRequest) async throws(CallError) -> ResponseEvents {
    let call = try PreparedCall(request, host: self)
    let secret = try await credentials.credential(for: call.provider)?.secret
    let started = ContinuousClock.now
    let http: HTTPExchange
    do { http = try await startedEngine().start(call.request(secret, at: started)) } catch {
      throw failure(error, call, since: started)
    }
    let attempt = OpenAttempt(call: call, http: http, secret: secret, host: self)
    return try await open(attempt)
  }

  /// Reads the head: a refusal is explained, anything else is framed.
  private func open(_ attempt: OpenAttempt) async throws(CallError) -> ResponseEvents {
    let head = attempt.http.head
    if head.status >= 400 {
      let body = try await refusalBody(attempt)
      throw attempt.refusal(body: body).ledgered(attempt)
    }
    guard head.status < 300 else { throw attempt.clean(attempt.redirect).ledgered(attempt) }
    let framing: Framing
    do {
      framing = try attempt.call.exchange.framing(status: head.status, headers: attempt.headers)
    } catch {
      let failure = CallError(error, route: attempt.call.route, document: document)
      throw attempt.clean(failure).ledgered(attempt)
    }
    let reader = ResponseReader(attempt, framing: framing)
    return ResponseEvents(attempt, reader: reader)
  }

  /// What cannot be read any more still has a status that tells, unless the caller gave up.
  private func refusalBody(_ attempt: OpenAttempt) async throws(CallError) -> [UInt8] {
    do throws(HTTPError) { return try await attempt.http.collect(limit: 64 << 10) } catch {
      guard error.kind == .cancelled else { return [] }
      throw CallError(error, at: nil).ledgered(attempt)
    }
  }

  private func failure(
    _ error: any Error, _ call: PreparedCall, since started: ContinuousClock.Instant
  ) -> CallError {
    guard let error = error as? HTTPError else {
      return error as? CallError ?? CallError(.internal, "\(error)")
    }
    let entry = call.provider.entry
    var failure = CallError(error, at: entry.baseURL?.mark ?? entry.mark)
    var record = AttemptRecord(
      call: call, exchange: nil, outcome: failure.code.rawValue, status: nil, firstEvent: nil)
    record.total = started.duration(to: .now)
    failure.attempts = [record]
    return failure
  }
}

extension PreparedCall {
  /// The HTTP request, the secret in its place.
  fileprivate func request(_ secret: Secret?, at now: ContinuousClock.Instant) -> HTTPRequest {
    let timeouts = route.policy.timeouts
    let total = route.policy.total(isStreaming: isStream)?.value
    let clocks = HTTPClocks(
      connect: timeouts.connect?.value,
      // A whole answer has no event before its end.
      firstEvent: isStream ? timeouts.firstEvent?.value : nil,
      idle: isStream ? timeouts.idle?.value : nil,
      attempt: timeouts.attempt.map { now + $0.value }, total: total.map { now + $0 })
    var wire = HTTPBody()
    for piece in plan.body {
      switch piece {
      case .literal(let bytes): wire.append(bytes[...])
      case .input(let range): wire.append(body[range])
      }
    }
    return HTTPRequest(
      method: plan.method, url: plan.url,
      headers: headers.map { header in
        guard header.endsWithCredential, let secret else {
          return HTTPHeader(header.name, header.value)
        }
        return HTTPHeader(header.name, secret.withValue { header.value + $0 })
      }, body: plan.body.isEmpty ? nil : wire, clocks: clocks)
  }
}

extension OpenAttempt {
  /// A redirect is an answer that cannot be used: following it would carry the secret elsewhere.
  fileprivate var redirect: CallError {
    let target = http.head.headers["location"].flatMap(URLAuthority.init(of:))?.host
    var error = CallError(
      .protocolError,
      "the upstream answered \(http.head.status) and points to \(target ?? "another place")."
        + " Redirects are not followed, since they would carry the credential there."
        + " Put the final address into base_url.",
      source: call.route.provider.baseURL?.mark ?? call.route.provider.mark)
    error.upstream = CallError.Upstream(
      status: http.head.status, code: "", message: "", requestIDs: [])
    return error
  }
}

extension CallError {
  /// The error with its attempt in the ledger.
  fileprivate func ledgered(_ attempt: OpenAttempt) -> CallError {
    var error = self
    error.attempts = [attempt.record(outcome: code.rawValue, firstEvent: nil)]
    return error
  }
}
