internal import CurlHTTP
internal import ProviderConfiguration
internal import Routing

/// The attempts of one call: the only loop there is.
///
/// Each attempt is prepared, sent and read until part of an answer is there. What fails before that
/// may be followed by another attempt, as ``Recovery`` says; nothing is retried afterwards.
struct AttemptLoop {
  /// How an attempt ended, as far as the loop reads it.
  private enum End {
    /// With part of an answer, or all of it.
    case answered(ResponseEvents)
    /// With a failure and no part of an answer; the events are those that came before it.
    case failed(AttemptFailure, AttemptRecord, ResponseEvents?)
  }

  private let routed: RoutedCall
  private let host: TransportHost
  private let started: Duration
  private var call: PreparedCall
  private var amendments: [String]
  /// Those of this call that later calls may begin with.
  private var lasting: [String] = []
  /// The scope that the upstream asked for by name, or empty.
  private var scope = ""
  private var credential: SuppliedCredential?
  /// The tokens that were sent before it: they may still be good.
  private var earlier: [Secret] = []
  /// Made when it is first needed: most calls need none.
  private var recovery: Recovery?
  private var ledger: [AttemptRecord] = []

  /// Prepares the first attempt.
  ///
  /// - Throws: What the call fails with before the wire.
  init(_ request: CallRequest, host: TransportHost) throws(CallError) {
    self.host = host
    started = host.options.clock.now
    routed = try RoutedCall(request, host: host)
    amendments = host.memory.amendments(for: routed, isSent: true)
    call = try PreparedCall(
      routed, attempt: 1, amendments: amendments, document: host.document)
  }

  /// Makes attempts until one is answered or nothing more would help.
  ///
  /// - Returns: The answer's events, or where the last attempt's failure stands behind events those,
  ///   with the failure behind them.
  /// - Throws: The failure of the last attempt, every attempt in its ledger.
  mutating func run() async throws(CallError) -> ResponseEvents {
    while true {
      switch try await attempt() {
      case .answered(let events):
        learn()
        return events
      case .failed(let failure, let record, let events):
        guard let error = try await recover(from: failure, record) else { continue }
        guard let events else { throw error }
        events.settle(error)
        return events
      }
    }
  }
}

// MARK: - One attempt

extension AttemptLoop {
  private var elapsed: Duration { host.options.clock.now - started }

  private mutating func attempt() async throws(CallError) -> End {
    if let sent = credential?.secret { earlier.append(sent) }
    credential = try await supplied()
    let began = ContinuousClock.now
    let secret = credential?.secret
    let remaining = routed.total.map { max($0 - elapsed, .zero) }
    let http: HTTPExchange
    do {
      http = try await host.startedEngine().start(
        call.request(secret, at: began, remaining: remaining))
    } catch {
      return try unanswered(error, since: began)
    }
    return await read(OpenAttempt(call: call, http: http, secret: secret, host: host))
  }

  private func supplied(
    replacing refused: SuppliedCredential? = nil
  ) async throws(CallError) -> SuppliedCredential? {
    do {
      return try await host.credentials.credential(
        for: routed.provider, scope: scope, replacing: refused)
    } catch {
      throw ledgered(error)
    }
  }

  private func unanswered(
    _ error: any Error, since began: ContinuousClock.Instant
  ) throws(CallError) -> End {
    guard let error = error as? HTTPError else {
      throw ledgered(error as? CallError ?? CallError(.internal, "\(error)"))
    }
    let entry = routed.provider.entry
    let failure = CallError(error, at: entry.baseURL?.mark ?? entry.mark)
    var record = AttemptRecord(
      call: call, exchange: nil, outcome: failure.code.rawValue, status: nil, firstEvent: nil)
    record.total = began.duration(to: .now)
    return .failed(AttemptFailure(failure), record, nil)
  }

  /// Reads the head: a refusal is explained, anything else is framed and read ahead.
  private func read(_ attempt: OpenAttempt) async -> End {
    let head = attempt.http.head
    if head.status >= 400 { return failed(attempt, await attempt.refusal()) }
    guard head.status < 300 else { return failed(attempt, AttemptFailure(attempt.redirect)) }
    let framing: Framing
    do {
      framing = try attempt.call.exchange.framing(status: head.status, headers: attempt.headers)
    } catch {
      return failed(attempt, attempt.failure(error))
    }
    let events = ResponseEvents(attempt, framing: framing, after: ledger)
    await events.readAhead()
    guard let failure = events.failure else { return .answered(events) }
    return .failed(failure, events.record, events)
  }

  private func failed(_ attempt: OpenAttempt, _ failure: AttemptFailure) -> End {
    let record = attempt.record(outcome: failure.error.code.rawValue, firstEvent: nil)
    return .failed(failure, record, nil)
  }

  /// An error with all attempts, and without a token of any of them.
  private func ledgered(_ error: CallError) -> CallError {
    var error = earlier.reduce(error) { $0.redacted($1) }
    error.attempts = ledger
    return error
  }

  /// What was found out in this call is of use to the next.
  private func learn() {
    guard recovery != nil else { return }
    host.memory.remember(lasting, for: routed)
    if !scope.isEmpty { host.credentials.confirm(scope: scope, for: routed.provider) }
  }
}

// MARK: - Between attempts

extension AttemptLoop {
  /// Does what must be done before the next attempt.
  ///
  /// - Returns: The error for the caller, where no other attempt follows.
  /// - Throws: What went wrong in between: a cancellation, or a request that cannot be prepared.
  private mutating func recover(
    from failure: AttemptFailure, _ record: AttemptRecord
  ) async throws(CallError) -> CallError? {
    ledger.append(record)
    guard let reported = failure.reported else { return ledgered(failure.error) }
    let failed = FailedAttempt(
      reported, of: routed, credential: credential, memory: host.memory)
    let action = decide(failed, isLasting: reported.isLasting)
    if case .fail(let verdict) = action {
      let error = failure.error.settled(
        verdict, failed, id: reported.stateID, ladder: recovery?.ladder ?? RaceLadder(),
        attempts: ledger.count)
      return ledgered(credential.map { error.redacted($0.secret) } ?? error)
    }
    return try await follow(action) ? nil : ledgered(failure.error)
  }

  /// Asks the machine; an amendment that would send the same bytes again counts as none.
  private mutating func decide(_ failed: FailedAttempt, isLasting: Bool) -> Recovery.Action {
    var recovery =
      self.recovery ?? Recovery(amendments: amendments, deadline: routed.total)
    defer { self.recovery = recovery }
    let action = recovery.attemptFailed(failed, at: elapsed, random: .random(in: 0..<1))
    guard case .amend(let amendment) = action else { return action }
    let next = try? PreparedCall(
      routed, attempt: ledger.count + 1, amendments: amendments + [amendment],
      document: host.document)
    guard let next, !next.isSameOnWire(as: call) else {
      return recovery.amendmentChangedNothing(at: elapsed, random: .random(in: 0..<1))
    }
    call = next
    amendments.append(amendment)
    if isLasting { lasting.append(amendment) }
    return action
  }

  /// - Returns: Whether there is now something to try that was not tried yet.
  private mutating func follow(_ action: Recovery.Action) async throws(CallError) -> Bool {
    switch action {
    case .fail: return false
    case .amend(let amendment):
      note("amended: \(amendment)")
      return true
    case .refreshToken:
      let renewed = try await supplied(replacing: credential)
      // The token that was refused may be the best there is.
      guard renewed?.number != credential?.number else { return false }
      note("token renewed")
    case .useScope(let scope):
      self.scope = scope
      note("token of the scope \(scope)")
    case .wait(let wait): try await rest(wait)
    }
    call = try prepared()
    return true
  }

  private mutating func rest(_ wait: Duration) async throws(CallError) {
    do { try await host.options.clock.sleep(for: wait) } catch {
      note("cancelled while it waited")
      throw ledgered(CallError(.cancelled, "the call was cancelled while it waited"))
    }
    note("waited \(wait.milliseconds) ms")
  }

  private func prepared() throws(CallError) -> PreparedCall {
    do {
      return try PreparedCall(
        routed, attempt: ledger.count + 1, amendments: amendments, document: host.document)
    } catch {
      throw ledgered(error)
    }
  }

  /// Writes beside the last attempt what followed it; the words may be an upstream's.
  private mutating func note(_ words: String) {
    let clean = credential?.secret.redacting(words) ?? words
    ledger[ledger.count - 1].next =
      clean.count > Self.noteLength ? clean.prefix(Self.noteLength) + "…" : clean
  }

  /// Enough for every field's name; some amendments list fingerprints.
  private static var noteLength: Int { 120 }
}
