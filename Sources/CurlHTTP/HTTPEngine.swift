import Synchronization

/// An HTTP client: one connection pool and one thread for all exchanges of its owner.
///
/// HTTP/1.1 and HTTP/2 over TCP and TLS, by libcurl. TLS certificates are always verified;
/// redirects are never followed; cookies, `.netrc` and stored credentials do not exist. Dropping
/// the engine without `shutdown()` ends its exchanges all the same, and its thread a moment later.
package final class HTTPEngine: Sendable {
  private let loop: MultiLoop
  private let thread: Mutex<EngineThread?>

  /// Starts an engine.
  ///
  /// - Throws: `engine` where libcurl, memory, a thread or file descriptors cannot be had.
  package init(options: HTTPEngineOptions = HTTPEngineOptions()) throws(HTTPError) {
    let loop = try MultiLoop(options)
    self.loop = loop
    do {
      thread = Mutex(try EngineThread(name: "jackfield-http") { loop.run() })
    } catch {
      loop.submit(.stop)
      throw error
    }
  }

  deinit { loop.submit(.stop) }

  /// Sends a request and waits for the head of its response.
  ///
  /// Any status is a response: 4xx and 5xx have heads and bodies like the others. A request on a
  /// pooled connection that turns out to be dead is sent once more on a fresh one, provided that
  /// not a byte of a response came.
  ///
  /// - Throws: `HTTPError` of any kind but `bodyTooLarge`. Cancelling the task throws `cancelled` at
  ///   once.
  package func start(_ request: HTTPRequest) async throws(HTTPError) -> HTTPExchange {
    try request.validate()
    let transfer = Transfer(request, clock: loop.clock)
    guard !Task.isCancelled else { throw .cancelled }
    loop.submit(.start(transfer))
    let reading = ExchangeReading(transfer: transfer, loop: loop)
    return HTTPExchange(head: try await reading.head(), reading)
  }

  /// Runs tasks on the engine's thread: those that prefer it pay for no switch of threads.
  ///
  /// For short, non-blocking work next to an exchange. Whatever runs here holds up all exchanges of
  /// the engine. After `shutdown()` its tasks go on on the global executor.
  package var executor: any TaskExecutor { loop.executor }

  /// Ends all exchanges with `cancelled`, closes all connections and waits for the thread to end.
  ///
  /// May be called more than once and from any thread. `start` throws `cancelled` afterwards.
  package func shutdown() {
    loop.submit(.stop)
    let thread = self.thread.withLock { $0.take() }
    thread?.join()
  }

  /// What the engine holds at this moment; for ledgers and for tests of leaks.
  package var holdings: HTTPEngineHoldings {
    loop.fact { loop in
      HTTPEngineHoldings(
        exchanges: loop.open.count, connections: loop.sockets.openCount,
        handles: loop.handleCount, alarms: loop.alarms.count)
    }
  }
}

/// What an engine holds.
package struct HTTPEngineHoldings: Sendable, Hashable {
  /// Exchanges that have not ended.
  package let exchanges: Int
  /// Open sockets, those of idle pooled connections included.
  package let connections: Int
  /// libcurl handles, spare ones included.
  package let handles: Int
  /// Exchanges with a running clock.
  package let alarms: Int
}
