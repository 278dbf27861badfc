#if Gateway
import Foundation
import RawUpstream
import Testing

@Suite struct `Connections are limited` {
  @Test(.timeLimit(.minutes(1)))
  func `in number: one beyond it is told so, and later served`() async throws {
    let text = HostSetting.configuration(
      of: "http://127.0.0.1:9", gateway: "{ limits: { connections: 2 }, drain: 100ms }")
    try await TestGateway.with(text) { gateway in
      try await gateway.connected { first in
        let second = try RawConnection(port: gateway.port)
        for connection in [first, second] {
          connection.sendRequest("GET", "/healthz")
          #expect(connection.readAnswer()?.status == 200)
        }
        let third = try RawConnection(port: gateway.port)
        third.sendRequest("GET", "/healthz")
        let answer = third.readAnswer()
        #expect(answer?.status == 503)
        #expect(answer?.header("connection") == "close")
        #expect(answer?.header("retry-after") == "1")
        let (code, message) = (try answer?.error("code"), try answer?.error("message"))
        #expect(code == "overloaded")
        #expect(message?.contains("gateway.limits.connections") == true)
        #expect(third.readToEnd().isEmpty)
        // Those who were served before still are.
        first.sendRequest("GET", "/healthz")
        #expect(first.readAnswer()?.status == 200)
        second.end()
      }
      var status = 503
      while status == 503 { status = try await gateway.ask("GET", "/healthz").status }
      #expect(status == 200)
    }
  }

  /// What a client sent before it fell silent.
  static let silences = [
    "", "GET /healthz HT", "GET /healthz HTTP/1.1\r\nhost: local",
    "POST /v1/responses HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{",
    "POST /v1/responses HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
    "POST /nothing HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{",
    "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n",
  ]

  @Test(.timeLimit(.minutes(1)))
  func `in time: silence ends them, wherever it begins`() async throws {
    try await Self.withShortIdle { gateway in
      try await gateway.connected(patience: 30) { first in
        let others = try Self.silences.map { bytes in
          let connection = try RawConnection(port: gateway.port, patience: 30)
          connection.send(bytes)
          return connection
        }
        let start = ContinuousClock.now
        for connection in [first] + others { _ = connection.readToEnd() }
        #expect(ContinuousClock.now - start < .seconds(20))
      }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `in time: a head that comes letter by letter is no progress`() async throws {
    try await Self.withShortIdle { gateway in
      try await gateway.connected(patience: 30) { connection in
        connection.send("GET /healthz HTTP/1.1\r\nx-slow: ")
        var count = 0
        while count < 200, connection.send("x") {
          count += 1
          connection.pause(milliseconds: 100)
        }
        #expect(count < 200)
      }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `in time: but a client that waits for its answer is not silent`() async throws {
    try await Self.withShortIdle { gateway in
      try await gateway.connected { connection in
        connection.sendRequest("POST", "/v1/responses", TestGateway.request())
        #expect(connection.readAnswer()?.text == Reply.whole)
      }
    }
  }

  /// A gateway with an idle limit of a second, and an upstream that takes three for an answer.
  private static func withShortIdle<R: Sendable>(
    _ body: @Sendable (TestGateway) async throws -> R
  ) async throws -> R {
    let upstream = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.pause(milliseconds: 3000)
        connection.respond(Reply.whole, headers: "content-type: application/json\r\n")
      }
    }
    let text = HostSetting.configuration(
      of: upstream.url, gateway: "{ limits: { idle: 1s }, drain: 100ms }")
    return try await TestGateway.with(text) { gateway in
      defer { withExtendedLifetime(upstream) {} }
      return try await body(gateway)
    }
  }
}
#endif
