import JSONText

/// The contract of a response's event stream, for every transport: tell it what the upstream did, and
/// do what it says.
///
/// 1. Events that are not terminal leave as they came, those of unknown type too.
/// 2. Exactly one terminal event leaves, and nothing after it.
/// 3. `response.failed` and `error` are two reports of one failure, in either order: one event leaves,
///    a `response.failed` where any response object was seen. A report that lacks code or message
///    waits for its other half until the next event, the end or ``holdTime``.
/// 4. What the response object at the end lacks of the output, and earlier events held, it is given
///    back: the encrypted content of reasoning, and all items where it has none.
/// 5. A stream that ends, breaks or says `[DONE]` before its terminal event has failed, and says so.
///
/// It has no clock and does no I/O. Clocks for the first event and for silence are the host's, which
/// reports what they find with ``bodyFailed(code:message:)``.
package struct ResponseStream: Sendable {
  /// How long half a report of a failure waits for the other half.
  ///
  /// Some upstreams send `response.failed` with no error at all, and right after it the `error` that
  /// has the code; some then keep the connection open.
  package static let holdTime = Duration.milliseconds(1500)

  private enum State: Sendable {
    /// No terminal event came: to `holding` or `finished`.
    case streaming
    /// Half a report of a failure came: to `finished`.
    case holding(ReportedFailure)
    /// Final.
    case finished
  }

  /// Whether part of an answer has left: from then on no other attempt may begin.
  package private(set) var isCommitted = false
  /// How many events came after the terminal one, and were dropped.
  package private(set) var droppedEvents = 0
  /// The id of the response object seen last; nil before one was.
  package private(set) var responseID: String?

  private var state = State.streaming
  private var eventCount = 0
  /// The greatest sequence number of an event; nil before one had any.
  package private(set) var lastSequenceNumber: Int?
  /// Events up to this number have left before the stream broke and was resumed.
  private var resumedAfter: Int?
  /// The response object seen last, in JSON.
  private var lastResponse: [UInt8]?
  private var finishedItems: FinishedItems

  /// Makes the machine for one attempt whose reply is to be a stream.
  ///
  /// - Parameter itemLimit: Most bytes of finished items that are kept for a terminal event without
  ///   them; beyond it only reasoning is. As much as an event may have.
  package init(itemLimit: Int = 64 << 20) {
    finishedItems = FinishedItems(limit: itemLimit)
  }

  /// Takes an event in.
  ///
  /// - Parameters:
  ///   - name: The server-sent event's type; empty where there was none.
  ///   - data: The event's data; when it is blank the event is a sign of life and nothing more.
  ///   - isTerminated: False for what stood unterminated at the end of the stream: it counts only
  ///     if it is whole.
  /// - Returns: What the host has to do.
  package mutating func eventReceived(
    name: Span<UInt8>, data: Span<UInt8>, isTerminated: Bool = true
  ) -> ResponseStreamAction {
    switch EventData(data) {
    case .blank: return .nothing
    case .done: return bodyEnded()
    case .content: break
    }
    if case .finished = state {
      droppedEvents += 1
      return .nothing
    }
    guard let event = ReceivedEvent(name: name, data: data) else {
      return isTerminated ? malformedEventReceived(data) : .nothing
    }
    if let resumedAfter, let number = event.sequenceNumber, number <= resumedAfter {
      droppedEvents += 1
      return .nothing
    }
    if case .holding(let failure) = state {
      return eventReceived(event, data: data, whileHolding: failure)
    }
    return eventReceived(event, data: data)
  }

  /// Takes in a whole body that is no event stream though one was asked for.
  ///
  /// - Parameter body: A response object or an error, in JSON; anything else is malformed.
  /// - Returns: What the host has to do: always a terminal event, unless one left before.
  package mutating func bodyReceived(_ body: Span<UInt8>) -> ResponseStreamAction {
    switch state {
    case .finished: return .nothing
    case .holding(let failure): return finish(failure)
    case .streaming: break
    }
    guard let root = try? JSONText.validate(body), root.kind == .object else {
      return finish(malformed: .malformedBody(body))
    }
    guard ResponseObject(ofUnknown: root, in: body) != nil else {
      guard let error = ResponseError(in: root, of: body) else {
        return finish(malformed: .malformedBody(body))
      }
      return finish(ReportedFailure(error))
    }
    return responseReceived(root, in: body)
  }

  /// The body ended in good order, as far as the connection can tell.
  package mutating func bodyEnded() -> ResponseStreamAction {
    bodyFailed(
      code: "stream_truncated",
      message: "the upstream ended its stream before the response was complete")
  }

  /// The body broke off, or the host gave up waiting.
  ///
  /// - Parameters:
  ///   - code: One of the host's error codes.
  ///   - message: The cause in words.
  /// - Returns: What the host has to do. A failure that the upstream reported before is told in
  ///   place of this one.
  package mutating func bodyFailed(code: String, message: String) -> ResponseStreamAction {
    switch state {
    case .finished: .nothing
    case .holding(let failure): finish(failure)
    case .streaming: finish(.truncated, ResponseError(code: code, message: message))
    }
  }

  /// A stream that broke goes on: what has left before does not leave again.
  package mutating func streamResumed() { resumedAfter = lastSequenceNumber }

  /// The time of ``ResponseStreamAction/startTimer(_:)`` has passed.
  package mutating func timerFired() -> ResponseStreamAction {
    guard case .holding(let failure) = state else { return .nothing }
    return finish(failure)
  }
}

// MARK: - Events

extension ResponseStream {
  private mutating func eventReceived(
    _ event: ReceivedEvent, data: Span<UInt8>
  ) -> ResponseStreamAction {
    note(event, data: data)
    switch event.kind {
    case .semantic:
      isCommitted = true
      return .forward
    case .itemDone:
      isCommitted = true
      finishedItems.add(event, in: data)
      return .forward
    case .other: return .forward
    case .failed, .error: return report(ReportedFailure(event, data: data))
    case .completed, .incomplete, .cancelled:
      guard let response = event.response else {
        return finish(malformed: .missingResponse)
      }
      return endReceived(event, response, in: data)
    }
  }

  private mutating func eventReceived(
    _ event: ReceivedEvent, data: Span<UInt8>, whileHolding failure: ReportedFailure
  ) -> ResponseStreamAction {
    guard event.kind == .failed || event.kind == .error else {
      droppedEvents += 1
      return finish(failure)
    }
    note(event, data: data)
    var failure = failure
    failure.add(event, data: data)
    return finish(failure)
  }

  private mutating func malformedEventReceived(_ data: Span<UInt8>) -> ResponseStreamAction {
    guard case .holding(let failure) = state else {
      return finish(malformed: .malformedEvent(data))
    }
    droppedEvents += 1
    return finish(failure)
  }

  private mutating func note(_ event: ReceivedEvent, data: Span<UInt8>) {
    eventCount += 1
    if let number = event.sequenceNumber {
      lastSequenceNumber = max(number, lastSequenceNumber ?? number)
    }
    guard let response = event.response, event.kind != .semantic, event.kind != .itemDone else {
      return
    }
    lastResponse = [UInt8](data, in: response.range)
    responseID = response.member("id", in: data)?.string(in: data) ?? responseID
  }

  /// The upstream says that the response ended otherwise than by failing; its object may differ.
  private mutating func endReceived(
    _ event: ReceivedEvent, _ object: JSONValue, in data: Span<UInt8>
  ) -> ResponseStreamAction {
    let response = ResponseObject(object, in: data)
    switch (event.kind, response.state) {
    case (_, .failed(let error)): return report(ReportedFailure(error))
    case (.cancelled, _): return report(ReportedFailure(.cancelled))
    case (_, .incomplete(let reason)):
      return finish(.incomplete(reason: reason), whole(event, object, in: data), response)
    case (.incomplete, _):
      return finish(.incomplete(reason: nil), whole(event, object, in: data), response)
    case (_, .completed), (_, .pending):
      return finish(.completed, whole(event, object, in: data), response)
    }
  }

  /// The event just received, or where it lacks output, the same with it.
  private func whole(
    _ event: ReceivedEvent, _ object: JSONValue, in data: Span<UInt8>
  ) -> (event: ResponseStreamAction.TerminalEvent, restored: RestoredOutput?) {
    guard let (data, restored) = finishedItems.completing(object, in: data) else {
      return (.received, nil)
    }
    let type = event.kind == .incomplete ? "response.incomplete" : "response.completed"
    return (.emitted(type: type, data: data), restored)
  }

  private mutating func report(_ failure: ReportedFailure) -> ResponseStreamAction {
    guard !failure.isTelling else { return finish(failure) }
    state = .holding(failure)
    return .startTimer(Self.holdTime)
  }
}

// MARK: - The end

extension ResponseStream {
  /// A sequence number that continues those of the stream.
  private var nextSequenceNumber: Int {
    lastSequenceNumber.map { $0 == .max ? $0 : $0 + 1 } ?? eventCount
  }

  private mutating func responseReceived(
    _ root: JSONValue, in body: Span<UInt8>
  ) -> ResponseStreamAction {
    let response = ResponseObject(root, in: body)
    let text = [UInt8](body, in: root.range)
    (lastResponse, responseID) = (text, response.id)
    switch response.state {
    case .failed(let error): return finish(ReportedFailure(error))
    case .pending: return finish(malformed: .unfinishedBody)
    case .completed:
      return finish(.completed, (made("response.completed", of: text), nil), response)
    case .incomplete(let reason):
      return finish(
        .incomplete(reason: reason), (made("response.incomplete", of: text), nil), response)
    }
  }

  private func made(
    _ type: String, of response: [UInt8]
  ) -> ResponseStreamAction.TerminalEvent {
    .emitted(
      type: type, data: EventText.event(type, number: nextSequenceNumber, response: response))
  }

  private mutating func finish(_ failure: ReportedFailure) -> ResponseStreamAction {
    let event = failure.terminalEvent(lastResponse: lastResponse, number: nextSequenceNumber)
    return finish(.failed, (event, nil), lastSeen(), error: failure.error ?? .untold)
  }

  private mutating func finish(malformed error: ResponseError) -> ResponseStreamAction {
    finish(.malformed, error)
  }

  private mutating func finish(
    _ kind: ResponseOutcome.Kind, _ error: ResponseError
  ) -> ResponseStreamAction {
    let event = ReportedFailure(error)
      .terminalEvent(lastResponse: lastResponse, number: nextSequenceNumber)
    return finish(kind, (event, nil), lastSeen(), error: error)
  }

  private mutating func finish(
    _ kind: ResponseOutcome.Kind,
    _ last: (event: ResponseStreamAction.TerminalEvent, restored: RestoredOutput?),
    _ response: ResponseObject?, error: ResponseError? = nil
  ) -> ResponseStreamAction {
    let outcome = ResponseOutcome(
      kind: kind, error: error, responseID: response?.id ?? responseID, model: response?.model,
      usage: response?.usage, eventCount: eventCount, isCommitted: isCommitted,
      restored: last.restored)
    (state, lastResponse, finishedItems) = (.finished, nil, FinishedItems(limit: 0))
    return .finish(last.event, outcome)
  }

  private func lastSeen() -> ResponseObject? {
    guard let lastResponse, let root = try? JSONText.validate(lastResponse.span) else { return nil }
    return ResponseObject(root, in: lastResponse.span)
  }
}
