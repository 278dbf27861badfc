import Synchronization

/// Strict stand-ins for the three upstreams, on loopback.
///
/// Each listener refuses what the real one refuses, with its words, answers the same to the same
/// conversation, and breaks in the ways that are asked for. The three differ in tables: paths,
/// credentials, strictness, and nothing else.
package final class UpstreamEmulator: Sendable {
  /// One open listener.
  package struct Listener: Sendable, Hashable {
    /// Which upstream it imitates.
    package let upstream: EmulatedUpstream
    /// Its port on 127.0.0.1.
    package let port: UInt16
    /// The parent of `/responses`, good for a plain client and for a provider entry.
    package let baseURL: String
    /// The credential it expects.
    package let key: String
    /// The model or deployment names it knows.
    package let deployments: [String]

    /// Scheme, host and port.
    package var origin: String { "http://127.0.0.1:\(port)" }
  }

  private struct Running {
    let server: HTTPServer
    let service: UpstreamService?
  }

  private let running = Mutex<[Running]>([])

  /// An emulator without a listener.
  package init() {}

  deinit {
    stop()
  }

  /// Opens a listener; it accepts connections when this returns.
  ///
  /// - Parameters:
  ///   - upstream: What to imitate.
  ///   - options: How; the default is what the program does without a flag.
  /// - Returns: Where it listens and what it expects.
  /// - Throws: `cannotListen` when the port is taken, `cannotStartThread`.
  package func start(
    _ upstream: EmulatedUpstream, options: EmulatorOptions = EmulatorOptions()
  ) throws(EmulatorError) -> Listener {
    let server = try Self.open(upstream.rawValue, port: options.port)
    let listener = Listener(
      upstream: upstream, port: server.port,
      baseURL: "http://127.0.0.1:\(server.port)\(upstream.basePath)",
      key: options.key ?? upstream.defaultKey, deployments: options.deployments)
    let log = RequestLog(limit: options.requestLogLimit)
    let service = UpstreamService(
      upstream: upstream, options: options, log: log, port: server.port)
    try run(server, service)
    return listener
  }

  func run(
    _ server: HTTPServer, _ service: any RequestAnswering
  ) throws(EmulatorError) {
    try server.run { socket, number in
      Connection(socket: socket, number: number, service: service).serve()
    }
    let running = Running(server: server, service: service as? UpstreamService)
    self.running.withLock { $0.append(running) }
  }

  static func open(_ service: String, port: UInt16) throws(EmulatorError) -> HTTPServer {
    do {
      return try HTTPServer(port: port)
    } catch {
      var code: Int32 = 0
      if case .failed(let number) = error { code = number }
      throw .cannotListen(service: service, port: port, errno: code)
    }
  }

  /// Ends every listener and every connection, and waits until their threads have ended.
  ///
  /// May be called more than once. The log stays.
  package func stop() {
    for entry in running.withLock({ $0 }) { entry.server.stop() }
  }

  /// Every request that arrived, listener by listener, in order of arrival; those for tokens aside.
  package var requests: [RecordedRequest] {
    running.withLock { $0 }.flatMap { $0.service?.log.all ?? [] }
  }

  /// Every request that arrived at a listener, in order.
  package func requests(at listener: Listener) -> [RecordedRequest] {
    service(of: listener)?.log.all ?? []
  }

  /// How many replies of a listener are and were under way at once.
  ///
  /// A reply is under way from its whole request to just before its last event or its whole body.
  package func load(of listener: Listener) -> ReplyLoad {
    service(of: listener)?.log.load ?? ReplyLoad()
  }

  /// Replaces what goes wrong with every request to a listener; counts begin anew.
  package func setFaults(_ faults: [Fault], of listener: Listener) {
    service(of: listener)?.setFaults(faults)
  }

  private func service(of listener: Listener) -> UpstreamService? {
    running.withLock { $0 }.first { $0.server.port == listener.port }?.service
  }
}
