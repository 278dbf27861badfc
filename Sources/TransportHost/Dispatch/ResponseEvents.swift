internal import CurlHTTP
internal import ProviderConfiguration
internal import ResponseStream
internal import Routing

/// The events of one answer, as they arrive.
///
/// It is read once. When the terminal event has left, ``result`` is there, or the iteration throws
/// what went wrong. Dropping it, or cancelling the task that reads it, ends the call at the upstream.
public final class ResponseEvents: AsyncSequence {
  /// Steps through the events.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let events: ResponseEvents

    /// The next event; nil after the last one.
    ///
    /// - Throws: ``CallError`` when the call failed, after the events that came before.
    public mutating func next() async throws(CallError) -> ResponseEvent? {
      try await events.next()
    }

    /// The next event; nil after the last one.
    ///
    /// - Throws: ``CallError`` when the call failed, after the events that came before.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(CallError) -> ResponseEvent? {
      try await events.next()
    }
  }

  /// What was changed in the request; composed when asked for.
  public var edits: [Explanation.Edit] { opening.call.edits }
  /// What the caller should know besides.
  public let warnings: [String]
  /// The status of the response.
  public let status: Int
  /// Whether it is a stream; else its one event is the whole answer.
  public var isStream: Bool { opening.call.isStream }
  /// The name that the client used for the model, or empty.
  public var requestedModel: String { opening.call.route.model }
  /// Who answers: the provider, and the model as the upstream knows it.
  public var target: (provider: String, model: String) {
    let route = opening.call.route
    return (route.provider.id, route.modelName)
  }
  /// The headers of the response; those of a stream's 200 too.
  public var headers: [(name: String, value: String)] { opening.headers.pairs }
  /// The finished answer; nil before its terminal event.
  public private(set) var result: CallResult?
  /// What was tried; complete when the iteration is over.
  public private(set) var attempts: [AttemptRecord] = []

  /// Whether the call failed before any of its answer was handed out: the events tell only of that, and
  /// the iteration ends with the error.
  public private(set) var hasFailed = false

  /// Why the attempt failed; nil before its end, and where it did not fail.
  private(set) var failure: AttemptFailure?

  /// Takes in who made what; nil where nobody need know.
  private let notes: AnswerNotes?
  /// The attempt whose answer it is; another one brings the rest of a stream that broke.
  private var attempt: OpenAttempt
  /// The one that began it: what was asked there is what the answer is to.
  private let opening: OpenAttempt
  private let conduct: CallConduct
  private var reader: ResponseReader
  private var isJudged = false
  private var isFinished = false
  /// The ledger's line of ``attempt``, where it was written before the end.
  private var written: AttemptRecord?
  private let earlierWarnings: [String]

  /// - Parameters:
  ///   - attempt: The attempt whose answer it is.
  ///   - framing: How its body is cut.
  ///   - conduct: The call.
  ///   - earlier: The attempts before it.
  ///   - warnings: What the caller should know of them.
  init(
    _ attempt: OpenAttempt, framing: Framing, conduct: CallConduct,
    after earlier: [AttemptRecord], warnings: [String]
  ) {
    self.attempt = attempt
    opening = attempt
    self.conduct = conduct
    notes = AnswerNotes(of: attempt.call, attempt.host.state)
    reader = ResponseReader(attempt, framing: framing, mayResume: attempt.call.mayResume)
    attempts = earlier
    self.warnings = warnings + attempt.call.warnings
    earlierWarnings = warnings
    status = attempt.http.head.status
  }

  // The call ends with whoever holds its conduct last: one that was tried again goes on.
  deinit { reader.cancel() }

  /// Starts to read; the sequence has one reader.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(events: self) }

  private func next() async throws(CallError) -> ResponseEvent? {
    while true {
      switch reader.next() {
      case .event(let event):
        notes?.leaves(event)
        return opening.call.routed.tags?.rewritten(event) ?? event
      case .needsBytes: await reader.readChunk()
      case .ended:
        guard reader.interruption == nil else {
          try await resume()
          continue
        }
        try finish()
        return nil
      }
    }
  }

  // Not inlined: see `Indirect`.
  @inline(never)
  private func finish() throws(CallError) {
    guard !isFinished, let ending = reader.ending else { return }
    isFinished = true
    if !isJudged { failure = attempt.failure(ending) }
    let record = record
    conduct.finished(
      failure.map { CallFailure($0, status: record.status) },
      tokens: record.usage?.total.map(Int.init))
    attempts.append(record)
    let response = opening.responseObject(ending.final)
    notes?.ended(response)
    if var error = failure?.error {
      error.attempts = attempts
      throw error
    }
    var result = opening.result(ending, attempts: attempts)
    result.warnings = earlierWarnings + result.warnings
    opening.host.memory.noteState(of: result, response: response)
    self.result = result
  }

  /// Has another attempt bring the rest of a stream that broke, or ends with the break.
  ///
  /// - Throws: `cancelled`.
  private func resume() async throws(CallError) {
    guard let interruption = reader.interruption, let cursor = reader.cursor else {
      return reader.endInterrupted()
    }
    var broken = attempt.record(
      outcome: interruption.code.rawValue, firstEvent: reader.firstEvent)
    let resumption = StreamResumption(of: attempt, cursor: cursor, conduct: conduct)
    let outcome = await resumption.run(after: interruption)
    if outcome.rest != nil || !outcome.failed.isEmpty {
      broken.next = "asked for what follows event \(cursor.sequenceNumber)"
    }
    attempts += [broken] + outcome.failed
    if let rest = outcome.rest {
      attempt = rest.attempt
      return reader.resume(with: rest.attempt, framing: rest.framing)
    }
    reader.endInterrupted()
    if outcome.isCancelled { try cancel() }
    written = attempts.removeLast()
  }

  /// Ends with the attempts as they stand.
  private func cancel() throws(CallError) {
    isFinished = true
    var error = CallError(.cancelled, "the call was cancelled while the rest of it was asked for")
    error.attempts = attempts
    throw error
  }
}

extension ResponseEvents {
  /// Waits for the part of an answer from which on nothing is retried, or for its end; then
  /// ``failure`` tells whether it is a bad one.
  func readAhead() async {
    await read(to: .firstOutput)
    if reader.isCommitted {
      notes?.began(reader.responseID)
      await hold()
    }
    reader.endInterrupted()
    judge()
  }

  // Not inlined: see `Indirect`.
  @inline(never)
  private func judge() {
    guard let ending = reader.ending else { return }
    failure = attempt.failure(ending)
    isJudged = true
  }

  private func read(to point: ResponseReader.Point) async {
    while !reader.readAhead(to: point) { await reader.readChunk() }
  }

  /// Holds back what has come for as long as the configuration says.
  private func hold() async {
    let rules = attempt.call.route.policy.stream
    guard rules.commit?.value != .end else { return await read(to: .end) }
    switch rules.hold?.value {
    case .tokens(let count): await read(to: .tokens(count))
    case .time(let length) where length > .zero:
      let window = HoldWindow(attempt.http, length, clock: attempt.host.options.clock)
      while !window.isOver, !reader.readAhead(to: .end) { await reader.readChunk() }
      window.stop()
    case .time, nil: break
    }
  }

  /// The error with which the iteration is to end; its attempts are the ledger.
  func settle(_ error: CallError) {
    failure = AttemptFailure(error)
    isJudged = true
    hasFailed = true
    attempts = error.attempts.dropLast()
    written = error.attempts.last
  }

  /// The ledger's line of this attempt.
  var record: AttemptRecord {
    if let written { return written }
    let outcome = failure?.error.code.rawValue ?? "ok"
    guard let ending = reader.ending else {
      return attempt.record(outcome: outcome, firstEvent: reader.firstEvent)
    }
    var record = attempt.record(ending, outcome: outcome, firstEvent: reader.firstEvent)
    record.servedModel = opening.servedModel(ending.outcome)
    return record
  }
}

extension ResponseEvents: CustomStringConvertible, CustomReflectable {
  /// The state in a few words; what is held beside the public properties belongs in no log.
  public var description: String {
    "ResponseEvents(status: \(status), \(result == nil ? "unfinished" : "finished"))"
  }

  /// What `dump` shows: the description.
  public var customMirror: Mirror { Mirror(self, children: ["summary": description]) }
}
