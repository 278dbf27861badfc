@testable import CurlHTTP
import Foundation
import RawUpstream
import Testing

@Suite struct `Clocks` {
  /// Short enough for a test, long enough for a busy machine to do what comes before.
  static let short = Duration.milliseconds(150)

  /// Runs an exchange that must end by a clock, and checks that the clock did not ring early.
  func expectTimeout(
    _ kind: HTTPError.Kind, after limit: Duration = short, _ clocks: @autoclosure () -> HTTPClocks,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ script: @escaping @Sendable (RawConnection) -> Void
  ) async throws {
    let closed = Channel<Bool>()
    let server = try RawServer { connection in
      connection.readRequest()
      script(connection)
      connection.waitForClose()
      closed.put(true)
    }
    try await withEngine { engine in
      let start = ContinuousClock.now
      let error = try await engine.failure(
        .get(server.url, clocks: clocks()), sourceLocation: sourceLocation)
      #expect(error.kind == kind, sourceLocation: sourceLocation)
      #expect(error.curlCode == 0, sourceLocation: sourceLocation)
      #expect(start.duration(to: .now) >= limit, sourceLocation: sourceLocation)
      #expect(try await closed.next(), "the connection is closed", sourceLocation: sourceLocation)
      #expect(engine.holdings.alarms == 0, sourceLocation: sourceLocation)
      #expect(engine.holdings.connections == 0, sourceLocation: sourceLocation)
    }
  }

  @Test func `the first event is awaited before the head`() async throws {
    try await expectTimeout(.firstEventTimeout, HTTPClocks(firstEvent: Self.short)) { _ in }
  }

  @Test func `a head is no first event`() async throws {
    try await expectTimeout(.firstEventTimeout, HTTPClocks(firstEvent: Self.short)) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n")
    }
  }

  @Test func `bytes are no first event either, until the consumer says so`() async throws {
    try await expectTimeout(.firstEventTimeout, HTTPClocks(firstEvent: Self.short)) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 900000\r\n\r\n")
      while $0.send(": ping\n\n") { $0.pause(milliseconds: 10) }
    }
  }

  @Test func `idle is counted from the head`() async throws {
    try await expectTimeout(.idleTimeout, HTTPClocks(firstEvent: .seconds(60), idle: Self.short)) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n")
    }
  }

  @Test func `idle is counted anew from each byte`() async throws {
    // Eight drips at 40 ms last longer than the limit, which none of them reaches.
    try await expectTimeout(.idleTimeout, after: Self.short * 2, HTTPClocks(idle: Self.short)) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n")
      for _ in 0..<8 {
        $0.pause(milliseconds: 40)
        $0.send(".")
      }
    }
  }

  @Test func `an attempt ends at its deadline though bytes flow`() async throws {
    try await expectTimeout(
      .attemptTimeout, HTTPClocks(idle: .seconds(60), attempt: .now + Self.short)
    ) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 900000\r\n\r\n")
      while $0.send(".") { $0.pause(milliseconds: 10) }
    }
  }

  @Test func `the call's deadline has a name of its own`() async throws {
    try await expectTimeout(
      .totalTimeout, HTTPClocks(attempt: .now + .seconds(60), total: .now + Self.short)
    ) { _ in }
  }

  @Test func `a deadline that has passed sends nothing`() async throws {
    let server = try RawServer { $0.waitForClose() }
    try await withEngine { engine in
      let clocks = HTTPClocks(total: .now - .seconds(1))
      let error = try await engine.failure(.get(server.url, clocks: clocks))
      #expect(error.kind == .totalTimeout)
    }
    #expect(server.accepted == 0)
  }

  @Test func `a connect that nobody completes ends by its clock`() async throws {
    // A listener whose queue is full drops further attempts to connect.
    let full = try FullListener()
    try await withEngine { engine in
      let start = ContinuousClock.now
      let error = try await engine.failure(.get(full.url, clocks: HTTPClocks(connect: Self.short)))
      #expect(error.kind == .connectTimeout)
      #expect(error.curlCode == 28)
      #expect(start.duration(to: .now) >= Self.short)
    }
  }

  @Test func `a TLS handshake that stalls ends by the clock of connecting`() async throws {
    let server = try RawServer { $0.waitForClose() }
    try await withEngine { engine in
      let error = try await engine.failure(
        .get("https://127.0.0.1:\(server.port)", clocks: HTTPClocks(connect: Self.short)))
      #expect(error.kind == .connectTimeout)
    }
  }

  @Test func `after the first event only idle counts`() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nevent")
      connection.waitForClose()
    }
    try await withEngine { engine in
      let clocks = HTTPClocks(firstEvent: Self.short, idle: Self.short * 3)
      let start = ContinuousClock.now
      // On the engine's thread, so that the other tests' tasks do not stand between the event and
      // us.
      let error = await withTaskExecutorPreference(engine.executor) {
        await #expect(throws: HTTPError.self) {
          let exchange = try await engine.start(.get(server.url, clocks: clocks))
          _ = try await exchange.nextChunk()
          exchange.firstEventArrived()
          _ = try await exchange.nextChunk()
        }
      }
      #expect(error?.kind == .idleTimeout)
      #expect(start.duration(to: .now) >= Self.short * 3)
    }
  }

  @Test func `a consumer that does not read is no idle upstream`() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n")
      while connection.send(String(repeating: "x", count: 1 << 16)) {}
    }
    try await withEngine(.testing(bufferLimit: 64 << 10)) { engine in
      let clocks = HTTPClocks(
        firstEvent: .milliseconds(400), idle: .milliseconds(400), attempt: .now + .seconds(1))
      let exchange = try await engine.start(.get(server.url, clocks: clocks))
      await eventually { exchange.record.ended != nil }
      let error = await #expect(throws: HTTPError.self) { try await exchange.collect(limit: .max) }
      #expect(error?.kind == .attemptTimeout)
    }
  }

  @Test func `an upload that moves is no silent upstream`() async throws {
    let server = try RawServer { connection in
      guard connection.readHead() != nil else { return }
      // The whole upload takes several times the limit, no pause in it as long as the limit.
      for _ in 0..<32 {
        connection.pause(milliseconds: 20)
        _ = connection.readBody(1 << 20)
      }
      connection.respond("done")
    }
    try await withEngine { engine in
      let body = [UInt8](repeating: 0, count: 32 << 20)
      let clocks = HTTPClocks(firstEvent: .milliseconds(300))
      let answer = try await engine.text(.post(server.url, body, clocks: clocks))
      #expect(answer.body == "done")
    }
  }
}

/// A listener that accepts nobody and whose queue is full.
final class FullListener {
  let url: String
  private var descriptors: [Int32] = []

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let port = freePort()
    var address = loopback(port: port)
    url = "http://127.0.0.1:\(port)"
    descriptors.append(listener)
    guard unsafe connectOrBind(listener, &address, bind) == 0, listen(listener, 0) == 0 else {
      throw TestFailure("listen: errno \(errno)")
    }
    for _ in 0..<4 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      _ = unsafe connectOrBind(client, &address, connect)
      descriptors.append(client)
    }
  }

  deinit {
    for descriptor in descriptors { close(descriptor) }
  }

  private func connectOrBind(
    _ descriptor: Int32, _ address: inout sockaddr_in,
    _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe call(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
