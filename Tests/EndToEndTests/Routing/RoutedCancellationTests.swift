import CurlHTTP
import Foundation
import RawUpstream
import Synchronization
import Testing
import TransportHost

/// An upstream whose every byte is written here, so that it sees when its client has gone.
private final class Watched: Sendable {
  private struct Seen {
    var requests = 0
    var waits = 0
    var closed: ContinuousClock.Instant?
  }

  let server: RawServer
  private let seen: Seen_

  private final class Seen_: Sendable {
    let state = Mutex(Seen())
  }

  /// - Parameter answer: Sends what it wants for the nth request, counted from 1; where it returns
  ///   true, the connection then stands still until the client goes.
  /// - Throws: Where it cannot listen.
  init(_ answer: @escaping @Sendable (RawConnection, Int) -> Bool) throws {
    let seen = Seen_()
    self.seen = seen
    server = try RawServer { connection in
      while connection.readRequest() != nil {
        let number = seen.state.withLock { state in
          state.requests += 1
          return state.requests
        }
        guard answer(connection, number) else { continue }
        seen.state.withLock { $0.waits += 1 }
        connection.waitForClose()
        seen.state.withLock { $0.closed = .now }
      }
    }
  }

  var requests: Int { seen.state.withLock(\.requests) }
  /// How many requests stand still.
  var waits: Int { seen.state.withLock(\.waits) }
  /// When a client last went away from one that stood still.
  var closed: ContinuousClock.Instant? { seen.state.withLock(\.closed) }

  func host(_ rest: String, clock: any HostClock) throws -> TransportHost {
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    options.environment = { $0 == "CANARY" ? Upstreams.key : nil }
    options.clock = clock
    return try TransportHost(
      text: Array(
        """
        version: 1
        providers: { a: { plugin: openai, base_url: "\(server.url)/v1", auth: { key: { env: CANARY } } } }
        \(rest)
        """.utf8), file: "providers.yaml", options: options)
  }
}

@Suite struct `A call that is given up, wherever it is` {
  enum State: CaseIterable, Sendable {
    case headers, firstOutput, holdingForTime, holdingForTokens, holdingToTheEnd, stream,
      secondTarget
  }

  private static let created =
    #"data: {"type":"response.created","sequence_number":0,"response":{"id":"r","status":"in_progress","output":[]}}"#
    + "\n\n"
  private static let delta =
    #"data: {"type":"response.output_text.delta","sequence_number":1,"delta":"Hi"}"# + "\n\n"

  private static func answer(_ state: State, _ connection: RawConnection, _ number: Int) -> Bool {
    if state == .secondTarget, number == 1 {
      connection.respond("no", status: "503 Busy")
      return false
    }
    guard state != .headers, state != .secondTarget else { return true }
    connection.send(HostileUpstream.streamHead + "\r\n" + created)
    if state != .firstOutput { connection.send(delta) }
    return true
  }

  private static func rules(_ state: State) -> String {
    switch state {
    case .holdingForTime: "hold: 1h"
    case .holdingForTokens: "hold: 1000 tokens"
    case .holdingToTheEnd: "commit: end"
    default: ""
    }
  }

  /// The best of some runs.
  ///
  /// Beside other work a machine is slow by itself: each thread that has to wake may wait its turn for
  /// tens of milliseconds. What the host does slowly it does so in each run.
  ///
  /// - Parameter run: Makes a run and tells how long it took until the upstream was left.
  /// - Returns: The shortest time.
  /// - Throws: What a run throws.
  private static func quickest(_ run: () async throws -> Duration) async throws -> Duration {
    let end = ContinuousClock.now + .seconds(20)
    var best = try await run()
    while best > .milliseconds(100), .now < end { best = min(best, try await run()) }
    return best
  }

  @Test(.timeLimit(.minutes(1)), arguments: State.allCases)
  func `has left its upstream within a tenth of a second`(state: State) async throws {
    let took = try await Self.quickest {
      let upstream = try Watched { Self.answer(state, $0, $1) }
      let host = try upstream.host(
        """
        models: { m: { targets: [{ provider: a, model: x }, { provider: a, model: y }] } }
        defaults: { retry: { max_retries: 0 }, stream: { \(Self.rules(state)) } }
        """, clock: HandClock())
      let task = Task { await host.end("m") }
      try await eventually { upstream.waits == 1 && host.holdings?.exchanges == 1 }
      let started = ContinuousClock.now
      task.cancel()
      let end = await task.value
      try await eventually { upstream.closed != nil }
      #expect(end.error?.code == .cancelled)
      #expect(end.outcomes.last == "cancelled")
      #expect(end.outcomes.count == (state == .secondTarget ? 2 : 1))
      #expect(upstream.requests == end.outcomes.count, "nothing is sent afterwards")
      #expect(host.routerHoldings.isNothing)
      try await eventually { host.holdings?.exchanges == 0 }
      return (upstream.closed ?? .now) - started
    }
    #expect(took < .milliseconds(100))
  }

  @Test(.timeLimit(.minutes(1)))
  func `does not wait for a connection`() async throws {
    // A listener that takes nobody: its queue is full.
    let full = try Deaf()
    var options = TransportHost.Options()
    options.pluginDirectories = [Upstreams.pluginDirectory]
    let host = try TransportHost(
      text: Array(
        """
        version: 1
        providers: { a: { plugin: openai, base_url: "http://127.0.0.1:\(full.port)/v1" } }
        models: { m: { targets: [{ provider: a, model: x }] } }
        """.utf8), file: "providers.yaml", options: options)
    let took = try await Self.quickest {
      let task = Task { await host.end("m") }
      try await eventually { host.holdings?.exchanges == 1 }
      let started = ContinuousClock.now
      task.cancel()
      #expect(await task.value.error?.code == .cancelled)
      let took = ContinuousClock.now - started
      try await eventually { host.holdings?.exchanges == 0 }
      return took
    }
    #expect(took < .milliseconds(100))
    #expect(host.routerHoldings.isNothing)
  }

  enum Wait: CaseIterable, Sendable { case backoff, retryAfter, capacity, resumption }

  @Test(.timeLimit(.minutes(1)), arguments: Wait.allCases)
  func `waits no longer`(wait: Wait) async throws {
    let took = try await Self.quickest {
      let clock = HandClock()
      let upstream = try Watched { connection, number in
        switch wait {
        case .backoff: connection.respond("no", status: "503 Busy")
        case .retryAfter: connection.respond("no", status: "429 No", headers: "retry-after: 9\r\n")
        case .capacity: return true
        case .resumption:
          connection.send(HostileUpstream.streamHead + "connection: close\r\n\r\n")
          connection.send(Self.created + Self.delta)
          connection.end()
        }
        return false
      }
      let limits = wait == .capacity ? ", limits: { concurrency: 1 }" : ""
      let host = try upstream.host(
        """
        models: { m: { targets: [{ provider: a, model: x\(limits) }] } }
        defaults: { stream: { on_break: resume } }
        """, clock: clock)
      let other = wait == .capacity ? Task { await host.end("m") } : nil
      try await eventually { other == nil || upstream.waits == 1 }
      let body = #"{"model":"m","input":"Hi","stream":true,"background":true}"#
      let task = Task { await host.end(CallRequest(body: Array(body.utf8))) }
      try await eventually { clock.sleeperCount == 1 }
      let requests = upstream.requests
      let started = ContinuousClock.now
      task.cancel()
      let end = await task.value
      let took = ContinuousClock.now - started
      #expect(end.error?.code == .cancelled)
      #expect(clock.sleeperCount == 0)
      clock.advance(by: .seconds(60))
      #expect(upstream.requests == requests)
      #expect(host.routerHoldings.waiting == 0)
      other?.cancel()
      _ = await other?.value
      #expect(host.routerHoldings.isNothing)
      return took
    }
    #expect(took < .milliseconds(100))
  }

  @Test(.timeLimit(.minutes(1)))
  func `is no longer in the way of those who wait`() async throws {
    let upstream = try Watched { connection, number in
      guard number > 1 else { return true }
      connection.respond(StreamedReply.response(), headers: "content-type: application/json\r\n")
      return false
    }
    let host = try upstream.host(
      "models: { m: { targets: [{ provider: a, model: x, limits: { concurrency: 1 } }] } }",
      clock: HandClock())
    let first = Task { await host.end("m", isStream: false) }
    try await eventually { upstream.waits == 1 }
    let next = Task { await host.end("m", isStream: false) }
    try await eventually { host.routerHoldings.waiting == 1 }
    first.cancel()
    #expect(await next.value.result?.text == "Hi")
    #expect(await first.value.error?.code == .cancelled)
  }

  @Test(.timeLimit(.minutes(1)))
  func `before it began, asks nobody`() async throws {
    let upstream = try Watched { _, _ in true }
    let host = try upstream.host(
      "models: { m: { targets: [{ provider: a, model: x }] } }", clock: HandClock())
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return await host.end("m")
    }
    task.cancel()
    #expect(await task.value.error?.code == .cancelled)
    #expect(upstream.requests == 0)
    #expect(host.routerHoldings.isNothing)
  }
}

/// A listener whose queue of connections is full, so that no further one comes about.
private final class Deaf: Sendable {
  let port: UInt16
  private let listener: Int32
  private let fillers: [Int32]

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        _ = unsafe bind(listener, pointer, length)
        _ = unsafe getsockname(listener, pointer, &length)
      }
    }
    guard listen(listener, 0) == 0 else { throw TestFailure("listen: errno \(errno)") }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    fillers = (0..<4).map { [address] _ in
      var address = address
      let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      _ = fcntl(filler, F_SETFL, O_NONBLOCK)
      unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          _ = unsafe connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      return filler
    }
  }

  deinit {
    for filler in fillers { close(filler) }
    close(listener)
  }
}
