internal import CurlHTTP
internal import ProviderConfiguration
internal import Routing

/// Has the rest of a stream sent that broke, where the upstream keeps it: a response that was made in
/// the background, or a kept one that is streamed again.
///
/// What has left before the break does not leave again, and nothing is made up in its place.
///
/// - Source: `stream` and `starting_after` of the protocol's own GET of a response, which says that a
///   response made in the background can be streamed again from there.
struct StreamResumption {
  /// What came of it.
  struct Outcome {
    /// The attempt that brings the rest; nil: none does.
    var rest: (attempt: OpenAttempt, framing: Framing)?
    /// The attempts that brought nothing.
    var failed: [AttemptRecord] = []
    /// Whether the client no longer wants it.
    var isCancelled = false
  }

  private let host: TransportHost
  private let routed: RoutedCall
  private let conduct: CallConduct
  private let target: String?

  init(
    of attempt: OpenAttempt, cursor: (response: String, sequenceNumber: Int), conduct: CallConduct
  ) {
    host = attempt.host
    self.conduct = conduct
    target = attempt.origin.target
    let broken = attempt.call.routed
    var request = broken.request
    if request.operation == "create" { host.memory.noteBegun(cursor.response, of: broken) }
    request.operation = "get"
    request.responseID = cursor.response
    request.query.removeAll { $0.name == "stream" || $0.name == "starting_after" }
    request.query += [("stream", "true"), ("starting_after", String(cursor.sequenceNumber))]
    (request.body, request.isStream) = (nil, nil)
    routed = RoutedCall(
      request, body: .resumed, route: broken.route, provider: broken.provider, tags: broken.tags,
      home: broken.home)
  }

  /// Asks for the rest.
  ///
  /// - Parameter interruption: The break.
  /// - Returns: What came of it.
  func run(after interruption: ResponseReader.Interruption) async -> Outcome {
    let broken = AttemptFailure(CallError(interruption.code, interruption.message))
    var outcome = Outcome()
    var action = conduct.broke(CallFailure(broken, status: nil))
    while !outcome.isCancelled {
      switch action {
      case .wait(let pause):
        do { action = try await conduct.pass(pause, clock: host.options.clock) } catch {
          outcome.isCancelled = true
        }
      case .send(let step):
        switch await ask(step) {
        case .success(let rest):
          conduct.answered()
          outcome.rest = rest
          return outcome
        case .failure(let failed):
          outcome.failed.append(failed.record)
          outcome.isCancelled = failed.failure.error.code == .cancelled
          action = follow(failed)
        }
      case .mend: action = conduct.mendingChangedNothing()
      case .fail: return outcome
      }
    }
    return outcome
  }

  /// Tells the machine of a failure; what is stored may not be readable yet.
  private func follow(_ failed: Failed) -> CallMachine.Action {
    let mending = failed.failure.reported.map {
      FailedAttempt($0, of: routed, credential: nil, memory: host.memory)
    }
    return conduct.failed(
      CallFailure(failed.failure, status: failed.record.status, mending: mending), amendments: [])
  }
}

// MARK: - One attempt

extension StreamResumption {
  fileprivate struct Failed: Error {
    let failure: AttemptFailure
    let record: AttemptRecord
  }

  private func ask(
    _ step: CallStep
  ) async -> Result<(attempt: OpenAttempt, framing: Framing), Failed> {
    let origin = origin(of: step)
    let attempt: OpenAttempt
    do { attempt = try await open(step, origin) } catch {
      return .failure(unsent(error, origin))
    }
    guard (200..<300).contains(attempt.http.head.status) else {
      return .failure(Failed(await attempt.refusal(), of: attempt))
    }
    do {
      let framing = try attempt.call.exchange.framing(
        status: attempt.http.head.status, headers: attempt.headers)
      return .success((attempt, framing))
    } catch {
      return .failure(Failed(attempt.failure(error), of: attempt))
    }
  }

  private func open(_ step: CallStep, _ origin: AttemptOrigin) async throws -> OpenAttempt {
    let call = try PreparedCall(
      routed, attempt: step.attempt, amendments: [], document: host.document)
    let secret = try await host.credentials.credential(for: routed.provider)?.secret
    let now = host.options.clock.now
    let http = try await host.startedEngine().start(
      call.request(
        secret, at: .now, remaining: conduct.deadline.map { max($0 - now, .zero) }))
    return OpenAttempt(call: call, http: http, secret: secret, host: host, origin: origin)
  }

  private func unsent(_ error: any Error, _ origin: AttemptOrigin) -> Failed {
    let found =
      (error as? HTTPError).map { CallError($0, at: routed.route.source) }
      ?? error as? CallError ?? CallError(.internal, "\(error)")
    let model = routed.deployment.model
    let record = AttemptRecord(
      provider: routed.route.provider.id, model: model, source: routed.route.source,
      outcome: found.code.rawValue, total: host.options.clock.now - conduct.began - origin.began,
      edits: 0, isSent: error is HTTPError, origin: origin)
    return Failed(failure: AttemptFailure(found), record: record)
  }

  private func origin(of step: CallStep) -> AttemptOrigin {
    AttemptOrigin(
      target: target, reason: step.reason.words(model: routed.route.model),
      began: host.options.clock.now - conduct.began)
  }
}

extension StreamResumption.Failed {
  fileprivate init(_ failure: AttemptFailure, of attempt: OpenAttempt) {
    self.init(
      failure: failure,
      record: attempt.record(outcome: failure.error.code.rawValue, firstEvent: nil))
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
