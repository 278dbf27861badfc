import Synchronization

/// One exchange as the loop drives it.
///
/// SAFETY: `state` is locked and `isFirstEventSeen` atomic; every other variable belongs to the
/// loop's turn, which one thread at a time holds (`MultiLoop.turn`).
final class Transfer: @unchecked Sendable {
  // MARK: Any thread
  let state: Mutex<ExchangeState>
  let isFirstEventSeen = Atomic(false)

  // MARK: The loop's turn
  private(set) var request: HTTPRequest
  private let firstEventLimit: Int64?
  private let idleLimit: Int64?
  private let attemptEnd: EngineTime
  private let totalEnd: EngineTime
  /// Set from the start in the loop until the end.
  var easy: EasyHandle?
  /// When libcurl took it over.
  var startedAt: EngineTime = 0
  /// The place among the open exchanges.
  var openIndex = 0
  /// Where and when the exchange stands in the loop's alarms.
  var alarmIndex: Int?
  var alarm = EngineTime.never

  var reader: HTTPBodyReader?
  private var parser = HeadParser()
  /// A head that has not been delivered yet.
  private(set) var freshHead: HTTPHead?
  /// Bytes that have not been delivered yet.
  var arrived: [UInt8] = []
  /// How many delivered bytes the consumer had left when the loop last looked.
  var unread = 0
  var end: ExchangeState.End?
  /// Whether libcurl holds bytes back until the consumer has read.
  var isPaused = false
  /// Whether this is the second time that the request is sent.
  var isSentAgain = false
  /// Whether the rest of the request's body is not wanted any more.
  var isUploadStopped = false
  /// Whether the transfer is on the loop's list of those with something to deliver.
  var isTouched = false
  /// Why a callback refused what came.
  private(set) var refusal: String?
  /// When the request last moved forward, for `HTTPClocks.firstEvent`.
  var sentAt: EngineTime
  /// When the response last moved forward, for `HTTPClocks.idle`.
  var arrivedAt: EngineTime = 0

  init(_ request: HTTPRequest, clock: EngineClock) {
    let queued = clock.now
    sentAt = queued
    firstEventLimit = request.clocks.firstEvent?.nanoseconds
    idleLimit = request.clocks.idle?.nanoseconds
    attemptEnd = request.clocks.attempt.map(clock.time(of:)) ?? .never
    totalEnd = request.clocks.total.map(clock.time(of:)) ?? .never
    state = Mutex(ExchangeState(ExchangeRecord(queuedAt: queued, clock: clock)))
    self.request = request
  }

  /// Whether the final head has come.
  var hasHead: Bool { parser.isComplete }

  /// Takes a line of a head from libcurl.
  ///
  /// - Returns: False where the exchange must fail; `refusal` says why.
  func acceptLine(_ line: UnsafeRawBufferPointer) -> Bool {
    switch unsafe parser.append(line) {
    case .pending: break
    case .complete(let head): freshHead = head
    case .refused(let reason):
      refusal = reason
      return false
    }
    return true
  }

  func takeFreshHead() -> HTTPHead? {
    defer { freshHead = nil }
    return freshHead
  }

  /// Lets go of the request's body, which only a second attempt before the head could need.
  func releaseBody() {
    reader = nil
    request.body = nil
  }
}

// MARK: - Clocks

extension Transfer {
  /// The clock that ends next, and when.
  func nextDeadline() -> (time: EngineTime, kind: HTTPError.Kind) {
    var next = (time: totalEnd, kind: HTTPError.Kind.totalTimeout)
    if attemptEnd < next.time { next = (attemptEnd, .attemptTimeout) }
    // A consumer that does not read is not a silent upstream.
    guard !isPaused else { return next }
    if let limit = firstEventLimit, !isFirstEventSeen.load(ordering: .relaxed) {
      let time = sentAt + limit
      if time < next.time { next = (time, .firstEventTimeout) }
    }
    if let limit = idleLimit, hasHead, arrivedAt + limit < next.time {
      next = (arrivedAt + limit, .idleTimeout)
    }
    return next
  }
}

extension HTTPError {
  /// The error of a clock that ran out.
  static func timeout(_ kind: Kind) -> HTTPError {
    switch kind {
    case .firstEventTimeout: HTTPError(kind, "no first event within the limit")
    case .idleTimeout: HTTPError(kind, "the response stood still for longer than the limit")
    case .attemptTimeout: HTTPError(kind, "the attempt did not end by its deadline")
    default: HTTPError(kind, "the call did not end by its deadline")
    }
  }
}
