internal import CurlHTTP
internal import ResponseStream
internal import ServerSentEvents

/// Reads one response: chunks to frames, frames through the transport, events through the contract.
///
/// It pulls: nothing is read from the upstream before somebody wants the next event, so that a slow
/// consumer holds the upstream back instead of memory.
struct ResponseReader {
  /// How the response ended, and the events that left last.
  struct Ending {
    /// What the contract says.
    let outcome: ResponseOutcome
    /// What the transport says of a failure that it reported itself, or nil.
    let reported: ReportedFailure?
    /// What the engine says of a broken connection, or nil.
    let broken: HTTPError?
    /// The terminal event's data or the whole object.
    let final: [UInt8]
  }

  /// When the first event came.
  private(set) var firstEvent: ContinuousClock.Instant?
  /// How it ended; nil while it has not.
  private(set) var ending: Ending?
  /// Why the stream broke whose rest can be had; nil while it did not.
  ///
  /// Then either another attempt brings the rest, or the reader is told to end.
  private(set) var interruption: Interruption?

  private var http: HTTPExchange
  private var secret: Secret?
  private var transport: TransportExchange
  private let expectsStream: Bool
  private let isCreation: Bool
  private let mayResume: Bool
  private let collector = EventCollector()
  private var frames: FrameSource
  private var contract = ResponseStream()
  private var ready: [ResponseEvent] = []
  private var nextReady = 0
  /// How many bytes of events were forwarded.
  private var held = 0
  /// How many of them since the answer began.
  private var heldOutput = 0
  private var hold: HoldTimer?
  private var reported: ReportedFailure?
  private var broken: HTTPError?

  /// A break of a stream whose rest can be had.
  struct Interruption {
    /// What happened.
    let code: ErrorCode
    /// The cause in words.
    let message: String
    /// What the engine says of it, or nil.
    let broken: HTTPError?
  }

  init(_ attempt: OpenAttempt, framing: Framing, mayResume: Bool = false) {
    self.mayResume = mayResume
    http = attempt.http
    secret = attempt.secret
    transport = attempt.call.exchange
    expectsStream = attempt.call.isStream
    isCreation = attempt.call.isCreation
    frames = FrameSource(framing, expectsStream: expectsStream)
  }

  /// What there is for the consumer.
  enum Step {
    case event(ResponseEvent)
    /// Nothing before more bytes have come: ``readChunk()``.
    case needsBytes
    /// Nothing any more, and ``ending`` is set.
    case ended
  }

  /// Goes as far as the bytes that are here allow, without a suspension: most events of a stream come
  /// together with others.
  mutating func next() -> Step {
    while true {
      if nextReady < ready.count {
        defer { nextReady += 1 }
        return .event(ready[nextReady])
      }
      ready.removeAll(keepingCapacity: true)
      nextReady = 0
      guard ending == nil, interruption == nil else { return .ended }
      guard advance() else { return .needsBytes }
    }
  }

  /// Goes as far as the bytes that are here allow towards a point of the answer, or the end; what comes
  /// before it waits for the consumer.
  ///
  /// What an upstream sends before that point has a limit too: beyond it the consumer gets it after
  /// all.
  ///
  /// - Returns: Whether it was reached; else more bytes must come: ``readChunk()``.
  mutating func readAhead(to point: Point) -> Bool {
    while ending == nil, interruption == nil, !isBeyond(point), held <= Self.heldLimit {
      guard advance() else { return false }
    }
    return true
  }

  /// A point of an answer up to which it may be dropped for another.
  enum Point {
    /// Its first part: once that has left, no other attempt may begin.
    case firstOutput
    /// So many tokens, as far as the length of its deltas tells.
    case tokens(Int)
    /// Its end.
    case end
  }

  private func isBeyond(_ point: Point) -> Bool {
    switch point {
    case .firstOutput: contract.isCommitted
    case .tokens(let count): contract.isCommitted && heldOutput / 4 >= count
    case .end: false
    }
  }

  /// Whether part of an answer is there.
  var isCommitted: Bool { contract.isCommitted }

  /// The response that a stream is part of; nil where the upstream has not said.
  var responseID: String? { contract.responseID }

  /// The response that a stream is part of, and the number of its last event; nil where an upstream
  /// does not say both.
  var cursor: (response: String, sequenceNumber: Int)? {
    guard let response = contract.responseID, let number = contract.lastSequenceNumber else {
      return nil
    }
    return (response, number)
  }

  /// Goes on with the rest of the stream, which another attempt brings.
  mutating func resume(with attempt: OpenAttempt, framing: Framing) {
    http = attempt.http
    secret = attempt.secret
    transport = attempt.call.exchange
    frames = FrameSource(framing, expectsStream: true)
    firstEvent = nil
    interruption = nil
    contract.streamResumed()
  }

  /// Ends with the break, since nobody brings the rest.
  mutating func endInterrupted() {
    guard let interruption else { return }
    self.interruption = nil
    broken = interruption.broken
    take(contract.bodyFailed(code: interruption.code.rawValue, message: interruption.message))
  }

  /// How much is held back for a consumer that may get another attempt's answer, in bytes of events.
  ///
  /// Our choice: an upstream repeats the request in each of the two events before its answer.
  private static let heldLimit = 4 << 20

  /// Ends the exchange now.
  func cancel() { http.cancel() }

  /// Takes the next frame; false where more bytes are needed.
  // Not inlined: see `Indirect`.
  @inline(never)
  private mutating func advance() -> Bool {
    do throws(FramingError) {
      switch try frames.next() {
      case .frame(let isTerminated): readFrame(isTerminated)
      case .comment: http.firstEventArrived()
      case .needsBytes: return false
      case .ended: end()
      }
    } catch {
      fail(code: .protocolError, "\(error)")
    }
    return true
  }
}

// MARK: - From the engine

extension ResponseReader {
  /// Waits for bytes, or for the end of them.
  mutating func readChunk() async {
    do throws(HTTPError) { take(try await http.nextChunk()) } catch { take(error) }
  }

  // Not inlined: see `Indirect`.
  @inline(never)
  private mutating func take(_ chunk: [UInt8]?) {
    guard let chunk else { return frames.finish() }
    do throws(FramingError) { try frames.append(chunk) } catch {
      fail(code: .protocolError, "\(error)")
    }
  }

  // Not inlined: see `Indirect`.
  @inline(never)
  private mutating func take(_ error: HTTPError) {
    if let hold, hold.hasFired {
      take(contract.timerFired())
    } else {
      guard !interrupt(ErrorCode(error), error.message, error) else { return }
      broken = error
      fail(code: ErrorCode(error), error.message)
    }
  }

  private mutating func fail(code: ErrorCode, _ message: String) {
    guard expectsStream else {
      return finish(
        ResponseOutcome(brokenBy: ResponseError(code: code.rawValue, message: message)), [])
    }
    take(contract.bodyFailed(code: code.rawValue, message: message))
  }

  /// Notes that a stream broke whose rest can be had.
  ///
  /// - Returns: Whether it can.
  private mutating func interrupt(
    _ code: ErrorCode, _ message: String, _ error: HTTPError? = nil
  ) -> Bool {
    guard mayResume, contract.isCommitted, cursor != nil, code != .cancelled, code != .timeoutTotal
    else { return false }
    interruption = Interruption(code: code, message: message, broken: error)
    return true
  }

  /// The body ended in good order: the transport may have a last word, then the contract has.
  private mutating func end() {
    transport.end(to: collector)
    takeYield(frame: nil, isTerminated: true)
    guard ending == nil else { return }
    if let excerpt = frames.excerpt {
      take(contract.bodyReceived(excerpt.span))
    } else if expectsStream {
      let words = "the upstream ended its stream before the response was complete"
      guard !interrupt(.streamTruncated, words) else { return }
      take(contract.bodyEnded())
    } else {
      fail(code: .protocolError, "the upstream's answer is empty")
    }
  }
}

// MARK: - Through the transport

extension ResponseReader {
  private mutating func readFrame(_ isTerminated: Bool) {
    if firstEvent == nil { firstEvent = .now }
    http.firstEventArrived()
    let (transport, collector) = (transport, collector)
    let frame = frames.withFrame { name, data in
      transport.frame(name: name, data: data, to: collector)
      return ResponseEvent(type: name, data: data)
    }
    frames.discardFrame()
    takeYield(frame: frame, isTerminated: isTerminated)
  }

  private mutating func takeYield(frame: ResponseEvent?, isTerminated: Bool) {
    let yield = collector.take()
    if yield.isForwarded, let frame { receive(frame, isTerminated: isTerminated) }
    for event in yield.events where ending == nil {
      receive(ResponseEvent(type: event.name, data: event.data), isTerminated: true)
    }
    guard let failure = yield.failure, ending == nil else { return }
    reported = failure
    fail(code: failure.code, failure.message)
  }

  /// One canonical event, or the result object: to the contract.
  private mutating func receive(_ event: ResponseEvent, isTerminated: Bool) {
    guard ending == nil else { return }
    let isObject = event.typeBytes.isEmpty && frames.framing == .whole
    if !expectsStream {
      leave(event, judge(event))
    } else if isObject {
      let action = event.withData { contract.bodyReceived($0) }
      take(action)
    } else {
      let action = event.withBoth {
        contract.eventReceived(name: $0, data: $1, isTerminated: isTerminated)
      }
      take(action, event)
    }
  }
}

// MARK: - Through the contract

extension ResponseReader {
  /// What a whole answer means; a stored response that failed was read all right.
  private func judge(_ event: ResponseEvent) -> ResponseOutcome {
    event.withData { isCreation ? ResponseOutcome(ofBody: $0) : ResponseOutcome(ofStored: $0) }
  }
}

extension ResponseReader {
  private mutating func take(_ action: ResponseStreamAction, _ event: ResponseEvent? = nil) {
    switch action {
    case .nothing: break
    case .forward:
      guard let event else { return }
      held += event.data.count
      if contract.isCommitted { heldOutput += event.outputLength }
      ready.append(event)
    case .startTimer(let wait): hold = HoldTimer(http, wait)
    case .finish(let terminal, let outcome):
      switch terminal {
      case .received:
        leave(event, outcome)
      case .emitted(let type, let data):
        leave(ResponseEvent(type: type, data: data), outcome)
      }
    }
  }

  /// Lets the terminal event go out.
  ///
  /// That of a failure is no answer: it often repeats the request's credential, and goes to whoever
  /// asked.
  private mutating func leave(_ event: ResponseEvent?, _ outcome: ResponseOutcome) {
    guard let event else { return finish(outcome, []) }
    var last = event
    if outcome.isFailure, let secret {
      last = ResponseEvent(type: event.type, data: secret.redacting(Array(event.data)))
    }
    ready.append(last)
    finish(outcome, Array(last.data))
  }

  private mutating func finish(_ outcome: ResponseOutcome, _ final: [UInt8]) {
    hold?.stop()
    ending = Ending(outcome: outcome, reported: reported, broken: broken, final: final)
  }
}

extension ResponseOutcome {
  fileprivate var isFailure: Bool {
    switch kind {
    case .completed, .accepted, .incomplete: false
    case .failed, .truncated, .malformed: true
    }
  }
}
