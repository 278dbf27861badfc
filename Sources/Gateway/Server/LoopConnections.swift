#if Gateway
internal import CurlHTTP
internal import NIOCore
internal import Synchronization

/// How many connections there are, over all threads.
final class ConnectionCount: Sendable {
  private let count = Atomic(0)

  /// The number now.
  var value: Int { count.load(ordering: .relaxed) }

  func change(by difference: Int) { count.wrappingAdd(difference, ordering: .relaxed) }
}

/// The connections of one thread.
final class LoopConnections {
  /// Runs what serves their requests.
  let executor: LoopExecutor
  private var handlers: [ObjectIdentifier: ConnectionHandler] = [:]
  private let count: ConnectionCount
  private var whenEmpty: EventLoopPromise<Void>?

  init(_ executor: LoopExecutor, count: ConnectionCount) {
    (self.executor, self.count) = (executor, count)
  }

  func add(_ handler: ConnectionHandler) {
    handlers[ObjectIdentifier(handler)] = handler
    count.change(by: 1)
  }

  func remove(_ handler: ConnectionHandler) {
    guard handlers.removeValue(forKey: ObjectIdentifier(handler)) != nil else { return }
    count.change(by: -1)
    guard handlers.isEmpty else { return }
    whenEmpty?.succeed()
    whenEmpty = nil
  }

  /// Closes those where nothing moves.
  func sweep(limit: TimeAmount) {
    let now = NIODeadline.now()
    for handler in handlers.values where handler.isStalled(at: now, limit: limit) {
      handler.close()
    }
  }

  /// Lets all of them end.
  func drain(grace: TimeAmount, _ promise: EventLoopPromise<Void>) {
    guard !handlers.isEmpty else { return promise.succeed() }
    whenEmpty = promise
    for handler in handlers.values { handler.drain(grace: grace) }
  }

  /// Ends all of them.
  func closeAll() {
    for handler in handlers.values { handler.close() }
  }
}
#endif
