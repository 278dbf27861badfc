#if Gateway
internal import StatusPage
internal import Synchronization
internal import Telemetry
internal import TransportHost

/// Watches what the gateway does: metrics, traces, the request log and the status page are told here,
/// each once a request.
final class GatewayObserver: Sendable {
  /// Renders `/metrics`.
  let registry = PrometheusRegistry()
  private let telemetry: CallTelemetry
  private let board: Mutex<StatusBoard>
  private let started: Int64
  private let start = ContinuousClock.now

  /// - Parameter log: Where the request log goes.
  init(log: RequestLog) {
    started = WallClock.milliseconds()
    board = Mutex(StatusBoard(at: started))
    telemetry = CallTelemetry(metrics: registry, logger: { log.logger })
  }

  /// The time of the start and what passed since, in milliseconds since 1970: it never goes back.
  private var now: Int64 { started + start.duration(to: .now).milliseconds }

  /// A request begins.
  func began(_ request: ReceivedRequest) -> ObservedCall {
    let start = CallTelemetry.Start(
      method: request.method, endpoint: request.endpoint.name, began: now)
    if request.endpoint.asksModel { board.withLock { $0.began(at: now) } }
    return ObservedCall(
      telemetry.began(start, headers: request.headers), began: start.began, observer: self)
  }

  /// A stream begins.
  func streamOpened() { board.withLock { $0.streamOpened(at: now) } }

  /// A request that asked a model ended.
  func ended(_ call: EndedCall, hadStream: Bool) {
    board.withLock { $0.ended(call, hadStream: hadStream, at: now) }
  }

  /// The file was read again.
  func reloaded(outcome: String, generation: Int) {
    telemetry.reloaded(outcome: outcome, generation: generation)
  }

  /// What the status page shows.
  func snapshot(_ generation: Generation, listening: String) -> StatusSnapshot {
    let facts = GatewayFacts(
      version: TransportHost.version, started: started, generation: generation.number,
      configuration: generation.file, listening: [listening])
    let now = now
    let targets = generation.host.targetStates().map { TargetStatus($0, at: now) }
    return board.withLock { $0.snapshot(gateway: facts, targets: targets, at: now) }
  }
}

extension TargetStatus {
  fileprivate init(_ target: TargetState, at now: Int64) {
    let state: State
    var note = ""
    switch target.standing {
    case .free: state = .open
    case .manifold:
      state = .open
      note = "for every name that fits \(target.name)"
    case .cooling(let remaining): state = .cooling(until: now + remaining.milliseconds)
    case .full: state = .busy
    case .unusable(let why):
      state = .unusable
      note = why
    }
    self.init(
      provider: target.provider, target: target.id ?? target.model, model: target.model,
      state: state, note: note, share: target.share, source: "\(target.source)")
  }
}
#endif
