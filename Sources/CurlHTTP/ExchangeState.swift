/// What the loop and the consumer of an exchange share: a pure machine inside a lock.
///
/// The loop delivers, the consumer takes. At most one task waits; whoever changes what it waits for
/// takes the wakeup out and calls it after the lock is released.
struct ExchangeState {
  enum End {
    case completed
    case failed(HTTPError)
  }

  /// What the consumer finds when it asks for bytes.
  enum Take {
    case chunk([UInt8], resumesUpstream: Bool)
    case ended
    // Indirect: each frame that waits for bytes would have places for it.
    indirect case failed(HTTPError)
    case nothingYet
  }

  var record: ExchangeRecord
  private(set) var head: HTTPHead?
  private(set) var end: End?
  private var unread: [UInt8] = []
  private var isPaused = false
  /// Whether who waits for bytes is to be told that there are none.
  private var isNudged = false
  private var waiter: Wakeup?

  init(_ record: ExchangeRecord) { self.record = record }

  /// The bytes that wait for the consumer.
  var unreadCount: Int { unread.count }

  // MARK: - The loop's side

  /// Takes over what arrived in one turn of the loop; `arrived` is empty afterwards.
  ///
  /// After an end nothing is taken any more: the consumer has been told.
  mutating func deliver(head: HTTPHead?, _ arrived: inout [UInt8], end: End?) -> Wakeup? {
    guard self.end == nil else {
      arrived = []
      return nil
    }
    if let head { self.head = head }
    record.bytesReceived += arrived.count
    if unread.isEmpty {
      swap(&unread, &arrived)
    } else {
      unread.append(contentsOf: arrived)
      arrived.removeAll(keepingCapacity: true)
    }
    self.end = end.map(completed)
    return takeWaiter()
  }

  /// Notes that libcurl holds back bytes.
  ///
  /// - Returns: False where the consumer has read everything meanwhile, and the loop has to go on.
  mutating func pause() -> Bool {
    isPaused = !unread.isEmpty && end == nil
    return isPaused
  }

  // MARK: - The consumer's side

  /// Ends the exchange from outside, unless it has ended.
  ///
  /// - Returns: Whether it had not, and who waits.
  mutating func cancel(_ error: HTTPError) -> (isNew: Bool, waiter: Wakeup?) {
    guard end == nil else { return (false, nil) }
    unread = []
    end = completed(.failed(error))
    return (true, takeWaiter())
  }

  /// Takes all bytes that wait; the end comes after the last of them.
  mutating func take() -> Take {
    if !unread.isEmpty {
      var chunk: [UInt8] = []
      swap(&chunk, &unread)
      let wasPaused = isPaused
      isPaused = false
      return .chunk(chunk, resumesUpstream: wasPaused)
    }
    switch end {
    case .completed: return .ended
    case .failed(let error): return .failed(error)
    case nil: break
    }
    defer { isNudged = false }
    return isNudged ? .chunk([], resumesUpstream: false) : .nothingYet
  }

  /// Has who reads, now or next, go on without bytes.
  mutating func nudge() -> Wakeup? {
    isNudged = true
    return takeWaiter()
  }

  /// Keeps the wakeup of a task that found nothing.
  ///
  /// - Returns: False where there is news by now, and the task need not wait.
  mutating func wait(for news: News, _ wakeup: Wakeup) -> Bool {
    guard end == nil, news == .head ? head == nil : unread.isEmpty && !isNudged else {
      return false
    }
    precondition(waiter == nil, "one task at a time reads an exchange")
    waiter = wakeup
    return true
  }

  enum News { case head, bytes }

  private mutating func takeWaiter() -> Wakeup? {
    defer { waiter = nil }
    return waiter
  }

  private func completed(_ end: End) -> End {
    guard case .failed(var error) = end else { return end }
    error.bytesReceived = record.bytesReceived
    error.headReceived = head != nil
    return .failed(error)
  }
}
