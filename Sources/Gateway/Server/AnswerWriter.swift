#if Gateway
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Takes an answer from the task that makes it to the connection that sends it.
///
/// What is written waits here until the connection's own thread fetches it, all that has come at
/// once: events that arrive together leave in one write. A connection that takes nothing more holds
/// the writer back, and with it the upstream: see ``roomIsLeft()``.
final class AnswerWriter: Sendable {
  /// What the connection's thread is to write.
  struct Batch {
    var head: HTTPResponseHead?
    var body: ByteBuffer?
    /// How the answer ends with this; nil: it goes on.
    var ending: Ending?
  }

  /// How an answer ends.
  enum Ending: Sendable {
    /// In good order.
    case complete
    /// In the middle: the client must not take it for whole.
    case broken
  }

  private struct State {
    var batch = Batch()
    var isScheduled = false
    /// Bytes that are here or in the connection's own buffer.
    var unsent = 0
    var waiter: CheckedContinuation<Bool, Never>?
    var isGone = false
    var isEnded = false
    var written = 0
  }

  /// How many bytes may be unsent before the writer waits, and again when it goes on.
  ///
  /// Our choice: a few hundred events, and the greatest part of a socket's buffer.
  static let (most, least) = (256 << 10, 64 << 10)

  private let state = Mutex(State())
  private let tap: (any AnswerTap)?
  private let wake: @Sendable () -> Void
  private let allocator: ByteBufferAllocator

  /// - Parameters:
  ///   - allocator: Makes buffers.
  ///   - tap: Is told of all that is written; nil: nobody is.
  ///   - wake: Has the connection's thread call ``take()`` soon.
  init(
    allocator: ByteBufferAllocator, tap: (any AnswerTap)? = nil,
    wake: @escaping @Sendable () -> Void
  ) {
    self.allocator = allocator
    self.tap = tap
    self.wake = wake
  }

  // MARK: - The task's side

  /// Begins the answer; the head leaves with what is written next.
  func begin(_ head: HTTPResponseHead) {
    tap?.began(head)
    state.withLock { $0.batch.head = head }
  }

  /// Gives a whole answer at once, so that it leaves in one write.
  func send(_ head: HTTPResponseHead, _ body: some Collection<UInt8>) {
    tap?.began(head)
    if let tap, !body.isEmpty { tap.wrote(Array(body)) }
    tap?.ended(.complete)
    change { state in
      state.batch.head = head
      if !body.isEmpty { state.batch.body = allocator.buffer(bytes: body) }
      state.unsent += body.count
      state.written += body.count
      state.batch.ending = .complete
      state.isEnded = true
    }
  }

  /// Appends to the body what the closure writes.
  func write(_ body: (inout ByteBuffer) -> Void) {
    change { state in
      var buffer = state.batch.body ?? allocator.buffer(capacity: 1 << 10)
      state.batch.body = nil
      let before = buffer.readableBytes
      body(&buffer)
      state.unsent += buffer.readableBytes - before
      state.written += buffer.readableBytes - before
      if let tap { tap.wrote(Array(buffer.readableBytesView.dropFirst(before))) }
      state.batch.body = buffer
    }
  }

  /// Ends the answer; only the first ending counts.
  func end(_ ending: Ending = .complete) {
    tap?.ended(ending)
    change { state in
      state.isEnded = true
      state.batch.ending = ending
    }
  }

  /// Waits, where the client does not keep up, until it has taken most of what is here.
  ///
  /// - Returns: Whether there is a client any more.
  func roomIsLeft() async -> Bool {
    let isLeft: Bool? = state.withLock { state in
      state.isGone ? false : state.unsent < Self.most ? true : nil
    }
    if let isLeft { return isLeft }
    return await withCheckedContinuation { waiter in
      let now: Bool? = state.withLock { state in
        if state.isGone { return false }
        if state.unsent < Self.least { return true }
        state.waiter = waiter
        return nil
      }
      if let now { waiter.resume(returning: now) }
    }
  }

  /// How many bytes of the body were written so far.
  var bodyLength: Int { state.withLock(\.written) }

  private func change(_ body: (inout State) -> Void) {
    let isDue = state.withLock { state in
      guard !state.isGone, !state.isEnded else { return false }
      body(&state)
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    if isDue { wake() }
  }

  // MARK: - The connection's side

  /// What has come since the last time.
  func take() -> Batch {
    state.withLock { state in
      state.isScheduled = false
      defer { state.batch = Batch() }
      return state.batch
    }
  }

  /// The connection sent so many bytes.
  func sent(_ count: Int) {
    let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      state.unsent -= count
      guard state.unsent < Self.least else { return nil }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: true)
  }

  /// Nobody reads any more.
  func gone() {
    tap?.ended(nil)
    let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      state.isGone = true
      state.batch = Batch()
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: false)
  }
}

/// Watches one answer; it is told in the order in which things are written.
protocol AnswerTap: Sendable {
  /// The head was written.
  func began(_ head: HTTPResponseHead)
  /// A piece of the body was written.
  func wrote(_ bytes: [UInt8])
  /// The answer ended; nil: the client left. Only the first end counts.
  func ended(_ ending: AnswerWriter.Ending?)
}
#endif
