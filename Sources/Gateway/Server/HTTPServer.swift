#if Gateway
internal import CurlHTTP
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import ProviderConfiguration

/// Accepts connections, and has a handler for each.
///
/// SwiftNIO's own HTTP/1 stands in the path of the data: what a framework above it would add is not
/// needed for a dozen paths, and costs on every request (`Benchmarks/README.md`, "Servers").
final class HTTPServer: Sendable {
  /// How a server is set.
  struct Options: Sendable {
    var address = ListenAddress.builtIn
    var connections = 10_000
    var idle = Duration.seconds(120)
    var threads = 1
  }

  /// How long after it was told to end a request may still come on a connection that was idle.
  ///
  /// Our choice: a client sends on a connection that it believes to be open; within this time the
  /// answer tells it that it is the last one.
  private static let grace = TimeAmount.seconds(1)

  private let group: MultiThreadedEventLoopGroup
  private let listener: any Channel
  private let loops: [NIOLoopBound<LoopConnections>]
  /// Those of the loops.
  private let executors: [LoopExecutor]

  /// The port that it listens on.
  let port: UInt16

  /// Starts to listen.
  ///
  /// - Throws: The system's refusal of the address.
  static func start(
    _ options: Options, service: any RequestService
  ) async throws -> HTTPServer {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: options.threads)
    do {
      return try await HTTPServer(options, group: group, service: service)
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private init(
    _ options: Options, group: MultiThreadedEventLoopGroup, service: any RequestService
  ) async throws {
    let count = ConnectionCount()
    var loops: [NIOLoopBound<LoopConnections>] = []
    var executors: [LoopExecutor] = []
    for loop in group.makeIterator() {
      let executor = LoopExecutor { executor in loop.execute { executor.runJobs() } }
      executors.append(executor)
      loops.append(
        try await loop.submit {
          NIOLoopBound(LoopConnections(executor, count: count), eventLoop: loop)
        }.get())
    }
    let tables = loops
    let limit = TimeAmount(options.idle)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.socketOption(.so_keepalive), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let isSurplus = count.value >= options.connections
          let pipeline = channel.pipeline.syncOperations
          try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
          guard let table = tables.first(where: { $0.eventLoop === channel.eventLoop }) else {
            return
          }
          try pipeline.addHandler(
            ConnectionHandler(
              service: service, connections: table.value, isSurplus: isSurplus))
        }
      }
    listener = try await bootstrap.bind(
      host: options.address.host, port: Int(options.address.port)
    ).get()
    port = UInt16(listener.localAddress?.port ?? Int(options.address.port))
    self.group = group
    self.loops = loops
    self.executors = executors
    for table in loops {
      let step = TimeAmount.seconds(1)
      table.eventLoop.scheduleRepeatedTask(initialDelay: step, delay: step) { _ in
        table.value.sweep(limit: limit)
      }
    }
  }

  /// Accepts no more, lets what is on its way end, and ends.
  ///
  /// - Parameter limit: How long that may take; what is not over by then is cut.
  /// - Returns: Whether nothing had to be cut.
  func drain(limit: Duration) async -> Bool {
    try? await listener.close()
    let drained = loops.map { table in
      let promise = table.eventLoop.makePromise(of: Void.self)
      table.eventLoop.execute { table.value.drain(grace: Self.grace, promise) }
      return promise.futureResult
    }
    let cut = group.next().scheduleTask(in: TimeAmount(limit)) {
      for table in self.loops { table.eventLoop.execute { table.value.closeAll() } }
      return true
    }
    try? await EventLoopFuture.andAllComplete(drained, on: group.next()).get()
    cut.cancel()
    let wasCut = (try? await cut.futureResult.get()) ?? false
    // What was cut still has to end.
    for executor in executors { executor.end() }
    try? await group.shutdownGracefully()
    return !wasCut
  }
}
#endif
