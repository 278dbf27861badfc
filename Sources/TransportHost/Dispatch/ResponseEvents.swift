internal import CurlHTTP
internal import ResponseStream

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

  /// What the transport changed in the request; composed when asked for.
  public var edits: [Explanation.Edit] { attempt.call.edits }
  /// What the caller should know besides.
  public let warnings: [String]
  /// The status of the response.
  public let status: Int
  /// The headers of the response; those of a stream's 200 too.
  public var headers: [(name: String, value: String)] { attempt.headers.pairs }
  /// The finished answer; nil before its terminal event.
  public private(set) var result: CallResult?
  /// What was tried; complete when the iteration is over.
  public private(set) var attempts: [AttemptRecord] = []

  /// Why the attempt failed; nil before its end, and where it did not fail.
  private(set) var failure: AttemptFailure?

  private let attempt: OpenAttempt
  private var reader: ResponseReader
  private var isJudged = false
  private var isFinished = false

  /// - Parameters:
  ///   - attempt: The attempt whose answer it is.
  ///   - framing: How its body is cut.
  ///   - earlier: The attempts before it.
  init(_ attempt: OpenAttempt, framing: Framing, after earlier: [AttemptRecord]) {
    self.attempt = attempt
    reader = ResponseReader(attempt, framing: framing)
    attempts = earlier
    warnings = attempt.call.warnings
    status = attempt.http.head.status
  }

  deinit { reader.cancel() }

  /// Starts to read; the sequence has one reader.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(events: self) }

  private func next() async throws(CallError) -> ResponseEvent? {
    while true {
      switch reader.next() {
      case .event(let event): return event
      case .needsBytes: await reader.readChunk()
      case .ended:
        try finish()
        return nil
      }
    }
  }

  private func finish() throws(CallError) {
    guard !isFinished, let ending = reader.ending else { return }
    isFinished = true
    if !isJudged { failure = attempt.failure(ending) }
    attempts.append(record)
    if var error = failure?.error {
      error.attempts = attempts
      throw error
    }
    let result = attempt.result(ending, attempts: attempts)
    attempt.host.memory.noteState(of: result)
    self.result = result
  }
}

extension ResponseEvents {
  /// Waits for part of an answer, or for its end; then ``failure`` tells whether it is a bad one.
  func readAhead() async {
    while !reader.readAhead() { await reader.readChunk() }
    guard let ending = reader.ending, !ending.outcome.isCommitted else { return }
    failure = attempt.failure(ending)
    isJudged = true
  }

  /// The error with which the iteration is to end.
  func settle(_ error: CallError) {
    failure = AttemptFailure(error)
  }

  /// The ledger's line of this attempt.
  var record: AttemptRecord {
    let outcome = failure?.error.code.rawValue ?? "ok"
    guard let ending = reader.ending else {
      return attempt.record(outcome: outcome, firstEvent: reader.firstEvent)
    }
    return attempt.record(ending, outcome: outcome, firstEvent: reader.firstEvent)
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
