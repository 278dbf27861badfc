#if Gateway
import Foundation
import RawUpstream
import Testing
import TransportHost

@Suite struct `A client that is gone` {
  /// How long a cancellation may take: it is for the upstream, which is paid by the token.
  private static let limit = Duration.milliseconds(100)

  /// The shortest of several times between a client's end and what follows of it: a machine with
  /// other work may be late now and then, and not always.
  private static func shortest(
    of tries: Int = 8, _ measure: () async throws -> Duration
  ) async throws -> Duration {
    var shortest = Duration.seconds(1000)
    for _ in 0..<tries where shortest > limit { shortest = min(shortest, try await measure()) }
    return shortest
  }

  /// An upstream that holds each call, and tells when it began and when its connection ended.
  private final class HoldingUpstream: Sendable {
    let began = DispatchSemaphore(value: 0)
    let ended = DispatchSemaphore(value: 0)
    let server: RawServer

    init(_ beginning: String) throws {
      let (began, ended) = (began, ended)
      server = try RawServer { connection in
        guard connection.readRequest() != nil else { return }
        connection.send(beginning)
        began.signal()
        connection.waitForClose()
        ended.signal()
      }
    }
  }

  /// Until when a semaphore of a test may take: no bound of what is tested.
  private static var patience: DispatchTime { .now() + 20 }

  @Test(.timeLimit(.minutes(1)), arguments: ["close", "reset"])
  func `before the head of the answer cancels the call`(manner: String) async throws {
    let upstream = try HoldingUpstream("")
    try await TestGateway.with(HostSetting.configuration(of: upstream.server.url)) { gateway in
      let time = try await Self.shortest {
        try await gateway.connected { connection in
          connection.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: true))
          #expect(upstream.began.wait(timeout: Self.patience) == .success)
          return try Self.time(upstream.ended) { Self.leave(connection, manner) }
        }
      }
      #expect(time < Self.limit)
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [true, false])
  func `while a stream or a whole answer comes cancels the call`(isStream: Bool) async throws {
    let beginning =
      isStream
      ? Reply.head + "connection: close\r\n\r\n" + Reply.created + Reply.delta
      : "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{"
    let upstream = try HoldingUpstream(beginning)
    try await TestGateway.with(HostSetting.configuration(of: upstream.server.url)) { gateway in
      let time = try await Self.shortest {
        try await gateway.connected { connection in
          connection.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: isStream))
          #expect(upstream.began.wait(timeout: Self.patience) == .success)
          if isStream { #expect(connection.readHead() != nil) }
          return try Self.time(upstream.ended) { connection.end() }
        }
      }
      #expect(time < Self.limit)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `while a retry is waited for ends the wait`() async throws {
    let upstream = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.respond(
          #"{"error":{"message":"busy"}}"#, status: "503 Busy",
          headers: "content-type: application/json\r\n")
      }
    }
    let clock = ParkedClock()
    let text = HostSetting.configuration(of: upstream.url, retry: "{ max_retries: 5 }")
    try await TestGateway.with(text, clock: clock) { gateway in
      let time = try await Self.shortest {
        try await gateway.connected { connection in
          connection.sendRequest("POST", "/v1/responses", TestGateway.request())
          #expect(clock.slept.wait(timeout: Self.patience) == .success)
          return try Self.time(clock.woken) { connection.end() }
        }
      }
      #expect(time < Self.limit)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `while it does not read what comes cancels the call`() async throws {
    let ended = DispatchSemaphore(value: 0)
    let event = Reply.event(
      #"{"type":"response.output_text.delta","delta":"\#(String(repeating: "x", count: 10_000))"}"#)
    let upstream = try RawServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(Reply.head + "connection: close\r\n\r\n" + Reply.created)
      while connection.send(event) {}
      ended.signal()
    }
    try await TestGateway.with(HostSetting.configuration(of: upstream.url)) { gateway in
      try await gateway.connected(receiveBuffer: 4096) { connection in
        connection.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: true))
        #expect(connection.readHead() != nil)
        connection.pause(milliseconds: 300)
        connection.reset()
        #expect(ended.wait(timeout: Self.patience) == .success)
      }
    }
  }

  @Test func `before its body is whole costs nothing`() async throws {
    let upstream = try RawServer { $0.end() }
    try await TestGateway.with(HostSetting.configuration(of: upstream.url)) { gateway in
      _ = try await gateway.connected { connection in
        connection.send(
          "POST /v1/responses HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\n{")
      }
      #expect(try await gateway.ask("GET", "/healthz").status == 200)
      #expect(upstream.accepted == 0)
    }
  }

  private static func leave(_ connection: RawConnection, _ manner: String) {
    manner == "reset" ? connection.reset() : connection.end()
  }

  private static func time(_ end: DispatchSemaphore, _ leave: () -> Void) throws -> Duration {
    let start = ContinuousClock.now
    leave()
    guard end.wait(timeout: patience) == .success else {
      throw Unexpected("the call was not cancelled")
    }
    return ContinuousClock.now - start
  }
}
#endif
