internal import CurlHTTP
internal import ProviderConfiguration
internal import Routing

/// Has the rest of a stream sent that broke, where the upstream keeps it: a response that was made in
/// the background, or a kept one that is streamed again.
///
/// What has left before the break does not leave again, and nothing is made up in its place.
///
/// - Source: <https://platform.openai.com/docs/guides/background>, "Streaming a background response".
struct StreamResumption {
  private let host: TransportHost
  private let routed: RoutedCall
  private let conduct: CallConduct
  private let origin: AttemptOrigin

  init(
    of attempt: OpenAttempt, cursor: (response: String, sequenceNumber: Int), conduct: CallConduct
  ) {
    host = attempt.host
    self.conduct = conduct
    origin = attempt.origin
    let broken = attempt.call.routed
    var request = broken.request
    request.operation = "get"
    request.responseID = cursor.response
    request.query = [("stream", "true"), ("starting_after", String(cursor.sequenceNumber))]
    (request.body, request.isStream) = (nil, nil)
    routed = RoutedCall(
      request, body: .resumed, route: broken.route, provider: broken.provider, tags: broken.tags,
      home: broken.home)
  }

  /// Asks for the rest.
  ///
  /// - Parameters:
  ///   - interruption: The break.
  ///   - ledger: Takes in the attempts that brought nothing.
  /// - Returns: The attempt that brings it; nil where none does.
  /// - Throws: `cancelled`.
  func rest(
    after interruption: ResponseReader.Interruption, ledger: inout [AttemptRecord]
  ) async throws(CallError) -> (attempt: OpenAttempt, framing: Framing)? {
    let broken = AttemptFailure(CallError(interruption.code, interruption.message))
    var action = conduct.broke(CallFailure(broken, status: nil))
    while true {
      switch action {
      case .wait(let pause):
        do { action = try await conduct.pass(pause, clock: host.options.clock) } catch {
          var error = CallError(.cancelled, "the call was cancelled while it waited")
          error.attempts = ledger
          throw error
        }
      case .send(let step):
        switch await ask(step) {
        case .success(let rest):
          conduct.answered()
          return rest
        case .failure(let failed):
          ledger.append(failed.record)
          action = conduct.failed(
            CallFailure(failed.failure, status: failed.record.status), amendments: [])
        }
      case .mend: action = conduct.mendingChangedNothing()
      case .fail: return nil
      }
    }
  }

  private struct Failed: Error {
    let failure: AttemptFailure
    let record: AttemptRecord
  }

  private func ask(
    _ step: CallStep
  ) async -> Result<(attempt: OpenAttempt, framing: Framing), Failed> {
    let began = ContinuousClock.now
    let call: PreparedCall
    let attempt: OpenAttempt
    do {
      call = try PreparedCall(
        routed, attempt: step.attempt, amendments: [], document: host.document)
      let secret = try await host.credentials.credential(for: routed.provider)?.secret
      let http = try await host.startedEngine().start(
        call.request(secret, at: began, remaining: nil))
      attempt = OpenAttempt(
        call: call, http: http, secret: secret, host: host, origin: origin(step))
    } catch {
      return .failure(unsent(error, step))
    }
    guard (200..<300).contains(attempt.http.head.status) else {
      let failure = await attempt.refusal()
      let record = attempt.record(outcome: failure.error.code.rawValue, firstEvent: nil)
      return .failure(Failed(failure: failure, record: record))
    }
    do {
      let framing = try call.exchange.framing(
        status: attempt.http.head.status, headers: attempt.headers)
      return .success((attempt, framing))
    } catch {
      let record = attempt.record(outcome: error.code.rawValue, firstEvent: nil)
      return .failure(Failed(failure: attempt.failure(error), record: record))
    }
  }

  private func unsent(_ error: any Error, _ step: CallStep) -> Failed {
    let found =
      (error as? HTTPError).map { CallError($0, at: routed.route.source) }
      ?? error as? CallError ?? CallError(.internal, "\(error)")
    let record = AttemptRecord(
      provider: routed.route.provider.id, model: routed.route.upstreamModel,
      source: routed.route.source, outcome: found.code.rawValue, total: .zero, edits: 0,
      isSent: error is HTTPError, origin: origin(step))
    return Failed(failure: AttemptFailure(found), record: record)
  }

  private func origin(_ step: CallStep) -> AttemptOrigin {
    AttemptOrigin(
      target: origin.target, reason: step.reason.words(model: routed.route.model),
      began: origin.began)
  }
}

extension PreparedCall {
  /// Whether the rest of its stream can be had when it breaks, and is wanted.
  var mayResume: Bool {
    guard isStream, route.policy.stream.onBreak?.value == .resume else { return false }
    switch routed.request.operation {
    case "create": return routed.body.isKeptInBackground
    case "get": return true
    default: return false
    }
  }
}
