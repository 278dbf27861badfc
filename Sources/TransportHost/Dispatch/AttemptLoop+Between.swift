internal import Routing

// Between attempts.
extension AttemptLoop {
  /// What may mend a failure of the target that is asked; nil where nothing may.
  func mending(of failure: AttemptFailure) -> FailedAttempt? {
    guard let reported = failure.reported, let asked, let routed = asked.routed else { return nil }
    return FailedAttempt(
      reported, of: routed, credential: asked.credential, memory: host.memory)
  }

  /// Mends the request or the token.
  ///
  /// - Throws: What went wrong with the request meanwhile.
  mutating func mend(_ mending: Recovery.Action) async throws(CallError) -> CallMachine.Action {
    switch mending {
    case .amend(let amendment): return amend(amendment)
    case .refreshToken: return try await refreshToken()
    case .useScope(let scope):
      asked?.scope = scope
      note("token of the scope \(scope)")
      return conduct.mended()
    case .fail, .wait: return conduct.mendingChangedNothing()
    }
  }

  /// An amendment that would send the same bytes again counts as none.
  private mutating func amend(_ amendment: String) -> CallMachine.Action {
    guard let call = asked?.call,
      let next = try? prepared(conduct.attempts + 1, adding: amendment),
      !next.isSameOnWire(as: call)
    else { return conduct.mendingChangedNothing() }
    asked?.call = next
    asked?.isFresh = true
    asked?.amendments.append(amendment)
    if lastFailure?.reported?.isLasting == true { asked?.lasting.append(amendment) }
    note("amended: \(amendment)")
    return conduct.mended()
  }

  private mutating func refreshToken() async throws(CallError) -> CallMachine.Action {
    guard let routed = asked?.routed else { return conduct.mendingChangedNothing() }
    let refused = asked?.credential
    let renewed: SuppliedCredential?
    do throws(CallError) {
      renewed = try await host.credentials.credential(
        for: routed.provider, scope: asked?.scope ?? "", replacing: refused)
    } catch {
      guard error.code != .cancelled else { throw ledgered(error) }
      return notRenewed(error)
    }
    // The token that was refused may be the best there is.
    guard renewed?.number != refused?.number else { return conduct.mendingChangedNothing() }
    note("token renewed")
    return conduct.mended()
  }

  /// The refused token is all there is here; another target may have another.
  private mutating func notRenewed(_ error: CallError) -> CallMachine.Action {
    var failure = AttemptFailure(error)
    failure.isOfCredential = true
    noteUnusable(error)
    note("no new token: \(error.code.rawValue)")
    lastFailure = failure
    lastEvents = nil
    return conduct.mendingFailed(CallFailure(failure, status: nil))
  }

  /// Lets time pass.
  ///
  /// - Throws: `cancelled`.
  mutating func rest(_ pause: CallPause) async throws(CallError) -> CallMachine.Action {
    let clock = host.options.clock
    let began = clock.now
    do {
      let action = try await conduct.pass(pause, clock: clock)
      note("waited \((clock.now - began).milliseconds) ms\(pause.purpose.words)")
      return action
    } catch {
      note("cancelled while it waited")
      throw ledgered(CallError(.cancelled, "the call was cancelled while it waited"))
    }
  }

  /// Writes beside the last attempt what followed it; the words may be an upstream's.
  private mutating func note(_ words: String) {
    guard !ledger.isEmpty else { return }
    let clean = secrets.reduce(words) { $1.redacting($0) }
    ledger[ledger.count - 1].next =
      clean.count > Self.noteLength ? clean.prefix(Self.noteLength) + "…" : clean
  }

  /// Enough for every field's name; some amendments list fingerprints.
  private static var noteLength: Int { 120 }
}

extension CallPause.Purpose {
  /// What a wait was for, behind its length.
  fileprivate var words: String {
    switch self {
    case .backoff, .storedState: ""
    case .retryAfter: ", as the upstream asked"
    case .capacity: " until there was room"
    }
  }
}
