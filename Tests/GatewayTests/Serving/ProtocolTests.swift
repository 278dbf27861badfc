#if Gateway
import Foundation
import ProviderConfiguration
import RawUpstream
import Synchronization
import Testing

@testable import Gateway

@Suite struct `HTTP is spoken by the letter` {
  /// A gateway whose upstream answers at once, and with the request's text where it has one.
  private static func with<R: Sendable>(
    gateway settings: String = "{ drain: 100ms }",
    _ body: @escaping @Sendable (RawConnection) throws -> R
  ) async throws -> R {
    let upstream = try RawServer { connection in
      while let (_, body) = connection.readRequest() {
        let text = String(decoding: body, as: UTF8.self)
        guard !text.contains("\"stream\":true") else {
          let events = Reply.created + Reply.delta + Reply.completed
          connection.respond(events, headers: "content-type: text/event-stream\r\n")
          continue
        }
        let mark = text.contains("number") ? String(text.suffix(40)) : ""
        connection.respond(
          Reply.whole.replacing(
            "H\\u0069", with: mark.replacing("\"", with: "'").replacing("\\", with: "")),
          headers: "content-type: application/json\r\n")
      }
    }
    let text = HostSetting.configuration(of: upstream.url, gateway: settings)
    return try await TestGateway.with(text) { gateway in
      defer { withExtendedLifetime(upstream) {} }
      return try await gateway.connected(body)
    }
  }

  private static let create = "/v1/responses"

  @Test func `requests come one after the other on one connection`() async throws {
    try await Self.with { connection in
      for number in 0..<5 {
        connection.sendRequest(
          "POST", Self.create, TestGateway.request("m", "number \(number)", isStream: number == 2))
        let answer = connection.readAnswer()
        #expect(answer?.status == 200)
        #expect(answer?.isWhole == true)
        #expect(answer?.header("connection") != "close")
        if number != 2 { #expect(answer?.text.contains("number \(number)") == true) }
      }
      connection.sendRequest("GET", "/healthz", headers: ["connection: close"])
      #expect(connection.readAnswer()?.header("connection") == "close")
      #expect(connection.readToEnd().isEmpty)
    }
  }

  @Test func `requests that come before the answer are answered in their order`() async throws {
    try await Self.with { connection in
      let requests = (0..<8).map { number in
        let body = TestGateway.request("m", "number \(number)", isStream: number % 3 == 1)
        return """
          POST \(Self.create) HTTP/1.1\r\nhost: localhost\r\ncontent-length: \
          \(body.utf8.count)\r\n\r\n\(body)GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n
          """
      }
      connection.send(requests.joined())
      for number in 0..<8 {
        let answer = connection.readAnswer()
        #expect(answer?.isWhole == true)
        if number % 3 == 1 {
          #expect(answer?.text.contains("response.completed") == true)
        } else {
          #expect(answer?.text.contains("number \(number)") == true)
        }
        #expect(connection.readAnswer()?.text == "ok\n")
      }
    }
  }

  /// Says yes to everything, and counts.
  private final class CountingService: RequestService {
    private let tally = Mutex(0)
    var count: Int { tally.withLock(\.self) }

    func admit(_ head: Admission.Head) -> Admitted {
      tally.withLock { $0 += 1 }
      return .refused(.text("yes\n"))
    }

    func tap(for request: ReceivedRequest) -> (any AnswerTap)? { nil }
  }

  @Test(arguments: [
    "GET /a HTTP/1.1\r\nconnection: close\r\n\r\n",
    "POST /a HTTP/1.1\r\nconnection: close\r\ncontent-length: 2\r\n\r\nab",
    "POST /a HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\nab",
    "GET /a HTTP/1.0\r\n\r\n",
  ]) func `what comes behind the last request of a connection is not looked at`(
    last: String
  ) async throws {
    let service = CountingService()
    var options = HTTPServer.Options()
    options.address = ListenAddress(host: "127.0.0.1", port: 0)
    let server = try await HTTPServer.start(options, service: service)
    let port = server.port
    let (first, rest) = try await onThread {
      let connection = try RawConnection(port: port)
      connection.send(
        last + String(repeating: "POST /b HTTP/1.1\r\ncontent-length: 1\r\n\r\nx", count: 3))
      return (connection.readAnswer(), connection.readToEnd())
    }
    #expect(first?.text == "yes\n")
    #expect(rest.isEmpty)
    #expect(service.count == 1)
    #expect(await server.drain(limit: .seconds(5)))
  }

  @Test func `a body may come in chunks, and byte by byte`() async throws {
    try await Self.with { connection in
      let body = TestGateway.request("m", "number 7")
      let head =
        "POST \(Self.create) HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n"
      let chunks = body.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
      for byte in (head + chunks).utf8 { connection.send([byte]) }
      #expect(connection.readAnswer()?.text.contains("number 7") == true)
    }
  }

  @Test func `HEAD is answered as GET, without the body`() async throws {
    try await Self.with { connection in
      for path in ["/healthz", "/v1/models", "/v1/models/none", "/nothing"] {
        connection.sendRequest("GET", path)
        let whole = connection.readAnswer()
        connection.sendRequest("HEAD", path)
        let bare = connection.readAnswer(toHead: true)
        #expect(bare?.status == whole?.status)
        #expect(bare?.header("content-length") == whole?.header("content-length"))
        #expect(bare?.header("content-type") == whole?.header("content-type"))
      }
      connection.sendRequest("GET", "/healthz", headers: ["connection: close"])
      #expect(connection.readAnswer()?.text == "ok\n", "nothing of a body is left over")
    }
  }

  @Test func `to HTTP/1.0 nothing is sent in chunks, and the end is the connection's`() async throws
  {
    try await Self.with { connection in
      let body = TestGateway.request(isStream: true)
      connection.send(
        "POST \(Self.create) HTTP/1.0\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)")
      let answer = connection.readAnswer()
      #expect(answer?.status == 200)
      #expect(answer?.header("transfer-encoding") == nil)
      #expect(answer?.header("connection") == "close")
      #expect(answer?.text == Reply.created + Reply.delta + Reply.completed)
    }
    try await Self.with { connection in
      connection.send("GET /healthz HTTP/1.0\r\n\r\n")
      #expect(connection.readAnswer()?.text == "ok\n")
      #expect(connection.readToEnd().isEmpty)
    }
  }

  @Test func `HTTP/1.0 keeps a connection where both sides say so`() async throws {
    try await Self.with { connection in
      for _ in 0..<2 {
        connection.send("GET /healthz HTTP/1.0\r\nconnection: keep-alive\r\n\r\n")
        let answer = connection.readAnswer()
        #expect(answer?.text == "ok\n")
        #expect(answer?.header("connection")?.lowercased() == "keep-alive")
      }
      let body = TestGateway.request(isStream: true)
      connection.send(
        "POST \(Self.create) HTTP/1.0\r\nconnection: keep-alive\r\ncontent-length: "
          + "\(body.utf8.count)\r\n\r\n\(body)")
      let stream = connection.readAnswer()
      #expect(stream?.header("connection") == "close", "its length is not known")
      #expect(stream?.text.contains("response.completed") == true)
    }
  }

  // MARK: - Expectations

  @Test func `who waits before the body is told to go on`() async throws {
    try await Self.with { connection in
      let body = TestGateway.request("m", "number 3")
      connection.sendRequest(
        "POST", Self.create,
        headers: ["Expect: 100-Continue", "content-length: \(body.utf8.count)"])
      #expect(connection.readHead() == "HTTP/1.1 100 Continue")
      connection.send(body)
      #expect(connection.readAnswer()?.text.contains("number 3") == true)
      connection.sendRequest("GET", "/healthz")
      #expect(connection.readAnswer()?.status == 200)
    }
  }

  @Test(arguments: [("/v1/responses", 413), ("/nothing", 404)])
  func `or is refused at once, and the connection ends`(path: String, status: Int) async throws {
    try await Self.with(gateway: "{ limits: { body: 100 }, drain: 100ms }") { connection in
      connection.sendRequest(
        "POST", path, headers: ["expect: 100-continue", "content-length: 5000"])
      let answer = connection.readAnswer()
      #expect(answer?.status == status)
      #expect(answer?.header("connection") == "close")
      #expect(connection.readToEnd().isEmpty)
    }
  }

  // MARK: - Limits

  @Test func `a body whose length is too great is refused, and the next request is served`()
    async throws
  {
    try await Self.with(gateway: "{ limits: { body: 100 }, drain: 100ms }") { connection in
      connection.sendRequest("POST", Self.create, String(repeating: "x", count: 101))
      let answer = connection.readAnswer()
      #expect(answer?.status == 413)
      let code = try answer?.error("code")
      #expect(code == "request_too_large")
      connection.sendRequest("GET", "/healthz")
      #expect(connection.readAnswer()?.text == "ok\n")
    }
  }

  @Test func `a body that grows too great is refused, and the next request is served`()
    async throws
  {
    try await Self.with(gateway: "{ limits: { body: 100 }, drain: 100ms }") { connection in
      connection.sendRequest("POST", Self.create, headers: ["transfer-encoding: chunked"])
      for _ in 0..<20 { connection.send("10\r\n" + String(repeating: "x", count: 16) + "\r\n") }
      let answer = connection.readAnswer()
      #expect(answer?.status == 413)
      connection.send("0\r\n\r\n")
      connection.sendRequest("GET", "/healthz")
      #expect(connection.readAnswer()?.text == "ok\n")
    }
  }

  @Test func `a body as long as the limit is taken`() async throws {
    let body = TestGateway.request("m", "number 5")
    try await Self.with(gateway: "{ limits: { body: \(body.utf8.count) }, drain: 100ms }") {
      $0.sendRequest("POST", Self.create, body)
      #expect($0.readAnswer()?.status == 200)
    }
  }

  @Test(arguments: [
    "hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nhost\r\n\r\n",
    "GET / HTTP/1.1\r\na b: c\r\n\r\n", "GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
    "POST /v1/responses HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
    "POST /v1/responses HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
    "POST /v1/responses HTTP/1.1\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /v1/responses HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    "GET / HTTP/1.1\r\nhost: localhost\r\na: b\u{0}c\r\n\r\n",
  ]) func `what is no HTTP gets 400, and the connection ends`(bytes: String) async throws {
    try await Self.with { connection in
      connection.send(bytes)
      let answer = connection.readAnswer()
      #expect(answer?.status == 400)
      #expect(answer?.header("connection")?.lowercased() == "close")
      #expect(connection.readToEnd().isEmpty)
    }
  }

  @Test(arguments: [(1, 100_000), (1000, 100), (10, 300_000)])
  func `headers that are too great get an answer of the 4xx, and the connection ends`(
    count: Int, length: Int
  ) async throws {
    try await Self.with { connection in
      connection.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n")
      let value = String(repeating: "x", count: length)
      for number in 0..<count where connection.send("x-\(number): \(value)\r\n") {}
      connection.send("\r\n")
      // Whoever still sends may find the connection reset before it reads the answer.
      if let answer = connection.readAnswer() {
        #expect((400..<500).contains(answer.status))
      }
      #expect(connection.readToEnd().isEmpty)
    }
  }
}
#endif
