internal import CurlHTTP
internal import ProviderConfiguration
internal import Routing

/// The attempts of one call: the only loop there is.
///
/// Each attempt is prepared, sent and read until part of an answer is there. What fails before that
/// may be followed by another attempt, at the same target or elsewhere, as ``CallMachine`` says;
/// nothing is retried afterwards.
struct AttemptLoop {
  let host: TransportHost
  let call: ReceivedCall
  let conduct: CallConduct
  /// The target that is asked; nil before the first.
  var asked: AskedTarget?
  var ledger: [AttemptRecord] = []
  /// What the last attempt failed with.
  var lastFailure: AttemptFailure?
  /// What came before that failure, where something did.
  var lastEvents: ResponseEvents?
  /// The secrets that were sent: they may still be good, and are nobody's to see.
  var secrets: [Secret] = []
  /// Targets that could not be asked, for the caller to know.
  var warnings: [String] = []

  /// Reads and routes a request.
  ///
  /// - Throws: What the call fails with before anybody is asked.
  init(_ request: CallRequest, host: TransportHost) throws(CallError) {
    self.host = host
    call = try ReceivedCall(request, host: host)
    conduct = CallConduct(
      call.machine(host), host.router, began: call.began, deadline: call.deadline)
  }

  /// Makes attempts until one is answered or nothing more would help.
  ///
  /// - Returns: The answer's events, or where the last attempt's failure stands behind events those,
  ///   with the failure behind them.
  /// - Throws: The failure of the call, every attempt in its ledger.
  mutating func run() async throws(CallError) -> ResponseEvents {
    var action = conduct.start()
    while true {
      switch action {
      case .send(let step):
        switch try await attempt(step) {
        case .answered(let events):
          learn()
          conduct.answered()
          return events
        case .failed(let failure, let record, let events):
          action = follow(failure, record, events)
        }
      case .mend(let mending): action = try await mend(mending)
      case .wait(let pause): action = try await rest(pause)
      case .fail(let ending): return try end(ending)
      }
    }
  }

  /// Tells the machine of a failure.
  // Not inlined: see `Indirect`.
  @inline(never)
  private mutating func follow(
    _ failure: AttemptFailure, _ record: AttemptRecord, _ events: ResponseEvents?
  ) -> CallMachine.Action {
    ledger.append(record)
    lastFailure = failure
    lastEvents = events
    return conduct.failed(
      CallFailure(failure, status: record.status, mending: mending(of: failure)),
      amendments: asked?.amendments ?? [])
  }

  /// The events that came before the failure with which the call ends, or that failure.
  // Not inlined: see `Indirect`.
  @inline(never)
  private func end(_ ending: CallEnding) throws(CallError) -> ResponseEvents {
    let error = error(of: ending)
    guard case .failed = ending, let lastEvents else { throw error }
    lastEvents.settle(error)
    return lastEvents
  }

  /// What was found out in this call is of use to the next.
  private func learn() {
    guard let asked, let routed = asked.routed else { return }
    host.memory.remember(asked.lasting, for: routed)
    if !asked.scope.isEmpty { host.credentials.confirm(scope: asked.scope, for: routed.provider) }
  }
}
