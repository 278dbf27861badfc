import Synchronization

/// A response whose head has come: the body is read from here, by one task at a time.
///
/// Dropping it before the end cancels the exchange: an HTTP/1.1 connection is closed, an HTTP/2
/// stream reset.
package final class HTTPExchange: Sendable {
  /// The final head.
  package let head: HTTPHead
  private let reading: ExchangeReading

  init(head: HTTPHead, _ reading: ExchangeReading) {
    self.head = head
    self.reading = reading
  }

  deinit { reading.cancel() }

  /// Waits for bytes of the body, decoded.
  ///
  /// - Returns: Everything that has arrived since the last call, at least one byte and about
  ///   `HTTPEngineOptions.bufferLimit` at most; nothing after ``nudge()``; nil at the end, again and
  ///   again.
  /// - Throws: `HTTPError`, after all bytes that arrived before it. Cancelling the task throws
  ///   `cancelled` at once and ends the exchange.
  package func nextChunk() async throws(HTTPError) -> [UInt8]? { try await reading.nextChunk() }

  /// Reads the rest of the body.
  ///
  /// - Parameter limit: The most bytes to hold.
  /// - Returns: All bytes that `nextChunk()` has not returned.
  /// - Throws: As `nextChunk()`; `bodyTooLarge` beyond the limit, which ends the exchange.
  package func collect(limit: Int) async throws(HTTPError) -> [UInt8] {
    var body: [UInt8] = []
    while let chunk = try await nextChunk() {
      guard body.count + chunk.count <= limit else { throw tooLarge(limit) }
      if body.isEmpty { body = chunk } else { body += chunk }
    }
    return body
  }

  /// Stops the clock `HTTPClocks.firstEvent`.
  ///
  /// Costs next to nothing; may be called for each event.
  package func firstEventArrived() {
    reading.transfer.isFirstEventSeen.store(true, ordering: .relaxed)
  }

  /// Has the task that waits for bytes, or the next that would, go on without any: for a reader whose
  /// time is up.
  package func nudge() { reading.transfer.state.withLock { $0.nudge() }?.resume() }

  /// Ends the exchange now, unless it has ended.
  ///
  /// A task that reads gets `cancelled`.
  package func cancel() { reading.cancel() }

  /// Instants, sizes and the connection, as far as they are known.
  package var record: ExchangeRecord { reading.transfer.state.withLock(\.record) }

  private func tooLarge(_ limit: Int) -> HTTPError {
    let error = HTTPError(.bodyTooLarge, "the body is larger than \(limit) bytes")
    reading.cancel(error)
    return error
  }
}

/// The consumer's side of an exchange, from before its head.
struct ExchangeReading: Sendable {
  let transfer: Transfer
  let loop: MultiLoop

  func head() async throws(HTTPError) -> HTTPHead {
    while true {
      let (head, end) = transfer.state.withLock { ($0.head, $0.end) }
      if let head { return head }
      if case .failed(let error) = end { throw error }
      await wait(for: .head)
    }
  }

  func nextChunk() async throws(HTTPError) -> [UInt8]? {
    // Bytes that are here would hide it: a fast upstream could keep a cancelled task reading.
    if Task.isCancelled { cancel() }
    while true {
      switch transfer.state.withLock({ $0.take() }) {
      case .chunk(let bytes, let resumesUpstream):
        if resumesUpstream { loop.submit(.goOn(transfer)) }
        return bytes
      case .ended: return nil
      case .failed(let error): throw error
      case .nothingYet: await wait(for: .bytes)
      }
    }
  }

  /// Ends the exchange with an error, unless it has ended.
  func cancel(_ error: HTTPError = .cancelled) {
    let (isNew, waiter) = transfer.state.withLock { $0.cancel(error) }
    guard isNew else { return }
    loop.submit(.cancel(transfer))
    waiter?.resume()
  }

  private func wait(for news: ExchangeState.News) async {
    await withTaskCancellationHandler {
      await Wakeup.suspend { wakeup in
        let waits = transfer.state.withLock { $0.wait(for: news, wakeup) }
        if !waits { wakeup.resume() }
      }
    } onCancel: {
      cancel()
    }
  }
}
