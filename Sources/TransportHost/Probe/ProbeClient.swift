internal import CurlHTTP
internal import JSONText
internal import ProviderConfiguration

/// Sends the requests of one probe, one attempt each: no retry, no other target, nothing remembered.
struct ProbeClient: Sendable {
  /// How long connecting may take.
  static let connectLimit = Duration.seconds(10)
  /// How long one exchange may take.
  static let attemptLimit = Duration.seconds(30)
  /// How long a whole probe may take.
  static let totalLimit = Duration.seconds(120)

  let host: TransportHost
  let engine: HTTPEngine
  let target: ProbeTarget
  /// When the probe must have ended.
  let deadline: ContinuousClock.Instant

  /// Makes one attempt.
  ///
  /// - Parameters:
  ///   - operation: `create` or `models`.
  ///   - isStream: Whether a create is streamed.
  ///   - instance: The transport to ask.
  ///   - home: Where the secret belongs; nil: where this transport asks.
  /// - Returns: What came of it, failures too.
  /// - Throws: `cancelled` alone.
  func attempt(
    _ operation: String, isStream: Bool = false, by instance: TransportInstance,
    home: Origin? = nil
  ) async throws(CallError) -> ProbeAttempt {
    let input = target.input(operation, isStream: isStream, attempt: 1)
    let prepared: (plan: ExchangePlan, exchange: TransportExchange)
    do { prepared = try instance.prepare(input) } catch {
      return ProbeAttempt(
        outcome: .unsent(CallError(error.code, error.message)), url: "")
    }
    let url = prepared.plan.url
    if let home, Origin(of: url)?.mayTakeSecret(of: home) != true {
      let words = "it leads to another host than \(home), where the secret does not belong"
      return ProbeAttempt(outcome: .unsent(CallError(.configInvalid, words)), url: url)
    }
    let secret: Secret?
    do {
      secret = try await host.credentials.credential(
        for: ReadyProvider(target.entry, instance: instance))?.secret
    } catch {
      return ProbeAttempt(outcome: .unsent(error), url: url)
    }
    let sending = Sending(
      plan: prepared.plan, exchange: prepared.exchange, input: input, secret: secret)
    return try await send(sending)
  }

  /// Asks for nothing at an origin, with no credential, to see how connecting goes.
  ///
  /// - Parameter origin: Where.
  /// - Returns: How it went; any response is an answer.
  /// - Throws: `cancelled` alone.
  func reach(_ origin: Origin) async throws(CallError) -> ProbeAttempt {
    let url = "\(origin.scheme)://\(origin)/"
    let started = ContinuousClock.now
    do throws(HTTPError) {
      let http = try await engine.start(
        HTTPRequest(url: url, clocks: Self.clocks(at: started, until: deadline)))
      var attempt = ProbeAttempt(outcome: .answered(ProbeAnswer()), url: url)
      (attempt.phases, attempt.version) = (http.record.phases, http.head.version)
      attempt.status = http.head.status
      return attempt
    } catch {
      guard error.kind != .cancelled else { throw CallError(error, at: nil) }
      var attempt = ProbeAttempt(outcome: .broken(error), url: url)
      attempt.phases = error.phases
      return attempt
    }
  }

  private static func clocks(
    at now: ContinuousClock.Instant, until deadline: ContinuousClock.Instant
  ) -> HTTPClocks {
    HTTPClocks(connect: connectLimit, attempt: now + attemptLimit, total: deadline)
  }

  /// What is sent, with what reads the response.
  private struct Sending {
    let plan: ExchangePlan
    let exchange: TransportExchange
    let input: PrepareInput
    let secret: Secret?
  }

  private func send(_ sending: Sending) async throws(CallError) -> ProbeAttempt {
    let started = ContinuousClock.now
    do throws(HTTPError) {
      let http = try await engine.start(request(sending, at: started))
      var attempt = await read(http, sending, since: started)
      let record = http.record
      (attempt.phases, attempt.version) = (record.phases, http.head.version)
      attempt.status = http.head.status
      attempt.duration = started.duration(to: .now)
      if case .broken(let error) = attempt.outcome, error.kind == .cancelled {
        throw error
      }
      return attempt
    } catch {
      guard error.kind != .cancelled else { throw CallError(error, at: nil) }
      var attempt = ProbeAttempt(outcome: .broken(error), url: sending.plan.url)
      attempt.phases = error.phases
      attempt.duration = started.duration(to: .now)
      return attempt
    }
  }

  private func request(_ sending: Sending, at now: ContinuousClock.Instant) -> HTTPRequest {
    let plan = sending.plan
    let body = plan.body.isEmpty ? nil : HTTPBody(plan.bodyBytes(of: sending.input.body))
    return HTTPRequest(
      method: plan.method, url: plan.url,
      headers: plan.headers(addingUsers: target.entry.headers).map { header in
        guard header.endsWithCredential, let secret = sending.secret else {
          return HTTPHeader(header.name, header.value)
        }
        return HTTPHeader(header.name, secret.withValue { header.value + $0 })
      }, body: body, clocks: Self.clocks(at: now, until: deadline))
  }
}

// MARK: - Reading

extension ProbeClient {
  private func read(
    _ http: HTTPExchange, _ sending: Sending, since started: ContinuousClock.Instant
  ) async -> ProbeAttempt {
    let headers = http.head.headers.map { header in
      (header.name, sending.secret?.redacting(header.value) ?? header.value)
    }
    func ended(_ outcome: ProbeAttempt.Outcome, _ facts: HeadFacts = HeadFacts()) -> ProbeAttempt {
      var attempt = ProbeAttempt(outcome: outcome, url: sending.plan.url)
      attempt.facts = facts
      return attempt
    }
    do throws(HTTPError) {
      guard http.head.status < 400 else {
        let body = try await http.collect(limit: 64 << 10)
        return ended(.refused(classify(http, headers, body, sending)))
      }
      guard http.head.status < 300 else { return ended(.refused(.redirect(http.head.status))) }
      let framing: Framing
      do {
        framing = try sending.exchange.framing(status: http.head.status, headers: headers)
      } catch {
        return ended(.refused(error.clean(sending.secret)))
      }
      var reader = ProbeReader(
        sending.exchange, framing, expectsStream: sending.input.isStream, since: started)
      while let chunk = try await http.nextChunk() {
        if !reader.read(chunk) { break }
      }
      reader.finish()
      let facts = sending.exchange.headFacts
      guard let problem = reader.problem else { return ended(.answered(reader.answer), facts) }
      switch problem {
      case .reported(let body):
        return ended(.refused(classify(http, headers, body, sending)), facts)
      case .failure(let failure): return ended(.refused(failure.clean(sending.secret)), facts)
      }
    } catch {
      return ended(.broken(error))
    }
  }

  private func classify(
    _ http: HTTPExchange, _ headers: [HeaderPair], _ body: [UInt8], _ sending: Sending
  ) -> ReportedFailure {
    let clean = sending.secret?.redacting(body) ?? body
    return sending.exchange.classify(status: http.head.status, headers: headers, body: clean)
      .clean(sending.secret)
  }
}

extension ReportedFailure {
  /// The failure without the secret, in whatever form the upstream repeated it.
  fileprivate func clean(_ secret: Secret?) -> ReportedFailure {
    guard let secret else { return self }
    var failure = self
    failure.message = secret.redacting(message)
    failure.suggestion = secret.redacting(suggestion)
    failure.upstreamCode = secret.redacting(upstreamCode)
    return failure
  }

  fileprivate static func redirect(_ status: Int) -> ReportedFailure {
    ReportedFailure(
      code: .protocolError, scope: .endpoint,
      message: "the upstream points to another address (status \(status)), which is not followed,"
        + " since that would carry the credential there. Put the final address into base_url.",
      setting: "/base_url")
  }
}
