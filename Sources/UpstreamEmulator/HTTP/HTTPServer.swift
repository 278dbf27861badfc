import Synchronization

/// Accepts connections and gives each a thread of its own.
///
/// Threads and not an event loop: a fault is then a blocking write or wait in plain order, and
/// nothing else is held up by it.
final class HTTPServer: Sendable {
  /// What is done with a connection: called on its thread, which ends with the call.
  typealias Handler = @Sendable (_ socket: Socket, _ number: Int) -> Void

  /// The port that was opened.
  let port: UInt16
  private let listening: Socket
  private let state = Mutex(State())

  private struct State {
    var isStopping = false
    var connectionsTaken = 0
    var accepting: JoinableThread?
    var threads: [Int: JoinableThread] = [:]
    var sockets: [Int: Socket] = [:]
    var ended: [Int] = []
  }

  /// Opens a port on the loopback interface; `run` then begins to accept.
  init(port: UInt16) throws(SocketError) {
    (listening, self.port) = try Socket.listening(onPort: port)
  }

  /// Begins to accept connections.
  func run(_ handler: @escaping Handler) throws(EmulatorError) {
    let thread = try JoinableThread { self.acceptAll(handler) }
    state.withLock { $0.accepting = thread }
  }

  /// Ends every connection and waits for all threads; afterwards the port is free.
  func stop() {
    let accepting = state.withLock { state in
      state.isStopping = true
      defer { state.accepting = nil }
      return state.accepting
    }
    listening.shutDown()
    accepting?.join()
    let (sockets, threads) = state.withLock { state in
      defer { state.threads = [:] }
      return (Array(state.sockets.values), Array(state.threads.values))
    }
    for socket in sockets { socket.shutDown() }
    for thread in threads { thread.join() }
  }

  private func acceptAll(_ handler: @escaping Handler) {
    while !state.withLock({ $0.isStopping }) {
      do {
        if let socket = try listening.accept() { serve(socket, handler) }
      } catch {
        return
      }
      joinEnded()
    }
  }

  private func serve(_ socket: Socket, _ handler: @escaping Handler) {
    socket.disableDelay()
    let number = state.withLock { state in
      state.connectionsTaken += 1
      state.sockets[state.connectionsTaken] = socket
      return state.connectionsTaken
    }
    let thread = try? JoinableThread {
      self.handle(connection: number, handler)
    }
    state.withLock { state in
      state.threads[number] = thread
      if thread == nil { state.sockets[number] = nil }
    }
  }

  private func handle(connection number: Int, _ handler: Handler) {
    if let socket = state.withLock({ $0.sockets[number] }) { handler(socket, number) }
    state.withLock { state in
      state.sockets[number] = nil
      state.ended.append(number)
    }
  }

  private func joinEnded() {
    let threads = state.withLock { state in
      // A thread may end before its entry is made; it is then joined on a later turn, or by `stop`.
      let joinable = state.ended.filter { state.threads[$0] != nil }
      state.ended.removeAll { state.threads[$0] != nil }
      return joinable.compactMap { state.threads.removeValue(forKey: $0) }
    }
    for thread in threads { thread.join() }
  }
}
