internal import CurlHTTP
internal import ProviderConfiguration
internal import Routing

// One attempt.
extension AttemptLoop {
  /// How an attempt ended, as far as the loop reads it.
  enum End {
    /// With part of an answer, or all of it.
    case answered(ResponseEvents)
    /// With a failure and no part of an answer; the events are those that came before it.
    indirect case failed(AttemptFailure, AttemptRecord, ResponseEvents?)
  }

  /// When the call must have ended, from now on; nil: never.
  private var remaining: Duration? {
    call.deadline.map { max($0 - host.options.clock.now, .zero) }
  }

  /// Makes an attempt.
  ///
  /// - Throws: What has nothing to do with its target: a cancellation, or a defect.
  mutating func attempt(_ step: CallStep) async throws(CallError) -> End {
    let began = elapsed
    do throws(CallError) { try enter(step) } catch { return unsent(step, error, at: began) }
    guard let prepared = asked?.call, let routed = asked?.routed else {
      throw ledgered(CallError(.internal, "an attempt has no target"))
    }
    let credential: SuppliedCredential?
    do throws(CallError) {
      credential = try await host.credentials.credential(
        for: routed.provider, scope: asked?.scope ?? "")
    } catch {
      guard error.code != .cancelled else { throw ledgered(error) }
      return unsent(step, error, at: began, isOfCredential: true)
    }
    asked?.credential = credential
    asked?.isFresh = false
    if let secret = credential?.secret { secrets.append(secret) }
    return try await send(prepared, step, credential?.secret)
  }

  private func send(
    _ prepared: PreparedCall, _ step: CallStep, _ secret: Secret?
  ) async throws(CallError) -> End {
    // In this order: what lies between the two must not count as the attempt's own time.
    let origin = origin(of: step, at: elapsed)
    let began = ContinuousClock.now
    let http: HTTPExchange
    do {
      http = try await host.startedEngine().start(
        prepared.request(secret, at: began, remaining: remaining))
    } catch {
      return try unanswered(error, origin, prepared, since: began)
    }
    return await read(
      OpenAttempt(call: prepared, http: http, secret: secret, host: host, origin: origin))
  }

  /// The time since the call began.
  private var elapsed: Duration { host.options.clock.now - call.began }

  private func origin(of step: CallStep, at began: Duration) -> AttemptOrigin {
    AttemptOrigin(
      target: asked?.target.id, reason: step.reason.words(model: call.route.model), began: began)
  }

  /// Takes the request to the step's target, unless it is there, and has the attempt described.
  private mutating func enter(_ step: CallStep) throws(CallError) {
    if let asked, asked.isAsked(by: step) {
      guard !asked.isFresh else { return }
    } else {
      try move(to: step)
    }
    let call = try prepared(step.attempt)
    asked?.call = call
  }

  private mutating func move(to step: CallStep) throws(CallError) {
    guard let target = call.target(of: step) else {
      throw CallError(.internal, "a target is not known any more")
    }
    notePassedOver(step)
    asked = AskedTarget(
      plan: step.plan, index: step.index, target: target, routed: nil, amendments: [])
    let routed = try call.routed(to: target, step, host)
    asked = AskedTarget(
      plan: step.plan, index: step.index, target: target, routed: routed,
      amendments: host.memory.amendments(for: routed, isSent: true))
  }

  /// Notes the targets before a step's that the file alone makes unusable: nobody will ask them.
  private mutating func notePassedOver(_ step: CallStep) {
    for index in 0..<step.index where !step.plan.targets[index].isUsable {
      guard let target = call.target(index, of: step), case .failure(let error) = target.route,
        !ledger.contains(where: { $0.source == target.source })
      else { continue }
      let origin = AttemptOrigin(target: target.id, reason: "cannot be asked", began: elapsed)
      ledger.append(
        AttemptRecord(
          provider: target.provider, model: target.model, source: target.source,
          outcome: error.code.rawValue, total: .zero, edits: 0, isSent: false, origin: origin))
      warnings.append("\(target.provider) could not be asked: \(error.message)")
    }
  }

  /// Has the transport describe an attempt at the target that is asked.
  func prepared(_ attempt: Int, adding amendment: String? = nil) throws(CallError) -> PreparedCall {
    guard let asked, let routed = asked.routed else {
      throw CallError(.internal, "nothing is asked")
    }
    return try PreparedCall(
      routed, attempt: attempt,
      amendments: asked.amendments + [amendment].compactMap(\.self), document: host.document)
  }

  // MARK: - What came of it

  private func unanswered(
    _ error: any Error, _ origin: AttemptOrigin, _ prepared: PreparedCall,
    since began: ContinuousClock.Instant
  ) throws(CallError) -> End {
    guard let error = error as? HTTPError else {
      throw ledgered(error as? CallError ?? CallError(.internal, "\(error)"))
    }
    let entry = prepared.route.provider
    let failure = CallError(error, at: entry.baseURL?.mark ?? entry.mark)
    var record = AttemptRecord(
      call: prepared, exchange: nil, outcome: failure.code.rawValue, status: nil, firstEvent: nil,
      origin: origin)
    record.total = began.duration(to: .now)
    var failed = AttemptFailure(failure)
    failed.isInDoubt = error.kind == .receiveFailed
    return .failed(failed, record, nil)
  }

  /// An attempt that could not be sent: the target is to blame, or the request is.
  private mutating func unsent(
    _ step: CallStep, _ error: CallError, at began: Duration, isOfCredential: Bool = false
  ) -> End {
    let record = AttemptRecord(
      provider: asked?.target.provider ?? "", model: asked?.target.model ?? "",
      source: asked?.target.source, outcome: error.code.rawValue, total: .zero, edits: 0,
      isSent: false, origin: origin(of: step, at: began))
    noteUnusable(error)
    var failure = AttemptFailure(error)
    failure.isOfCredential = isOfCredential
    return .failed(failure, record, nil)
  }

  /// Has the caller know of a target that the configuration makes unusable.
  mutating func noteUnusable(_ error: CallError) {
    guard FailureCause(error.code) == .unusable else { return }
    warnings.append("\(asked?.target.provider ?? "") could not be asked: \(error.message)")
  }

  /// Reads the head: a refusal is explained, anything else is framed and read ahead.
  private func read(_ attempt: OpenAttempt) async -> End {
    let head = attempt.http.head
    if head.status >= 400 { return failed(attempt, await attempt.refusal()) }
    guard head.status < 300 else {
      var redirect = AttemptFailure(attempt.redirect)
      redirect.isLasting = true
      return failed(attempt, redirect)
    }
    let framing: Framing
    do {
      framing = try attempt.call.exchange.framing(status: head.status, headers: attempt.headers)
    } catch {
      return failed(attempt, attempt.failure(error))
    }
    let events = ResponseEvents(
      attempt, framing: framing, conduct: conduct, after: ledger, warnings: warnings)
    await events.readAhead()
    guard let failure = events.failure else { return .answered(events) }
    return .failed(failure, events.record, events)
  }

  // Not inlined: see `Indirect`.
  @inline(never)
  private func failed(_ attempt: OpenAttempt, _ failure: AttemptFailure) -> End {
    let record = attempt.record(outcome: failure.error.code.rawValue, firstEvent: nil)
    return .failed(failure, record, nil)
  }
}
