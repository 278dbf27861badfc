#if Gateway
import Foundation
import RawUpstream
import Testing

@Suite struct `What the upstream wrote` {
  private static func with<R: Sendable>(
    _ answer: @escaping @Sendable (RawConnection) -> Void,
    _ body: @Sendable (TestGateway) async throws -> R
  ) async throws -> R {
    let upstream = try RawServer { connection in
      while connection.readRequest() != nil { answer(connection) }
    }
    return try await TestGateway.with(HostSetting.configuration(of: upstream.url)) { gateway in
      defer { withExtendedLifetime(upstream) {} }
      return try await body(gateway)
    }
  }

  @Test func `is the body of the answer, byte for byte`() async throws {
    let answer = try await Self.with {
      $0.respond(Reply.whole, headers: "content-type: application/json; odd=\"1\"\r\n")
    } _: {
      try await $0.create("m")
    }
    #expect(answer.text == Reply.whole)
    #expect(answer.header("content-type") == "application/json; odd=\"1\"")
    #expect(answer.status == 200)
  }

  @Test(arguments: [true, false])
  func `are the events, byte for byte, however it cut them`(isWhole: Bool) async throws {
    let stream = Reply.created + Reply.delta + Reply.completed
    let answer = try await Self.with { connection in
      connection.send(Reply.head + "connection: close\r\n\r\n")
      for byte in isWhole ? [Array(stream.utf8)] : stream.utf8.map({ [$0] }) {
        connection.send(byte)
      }
      connection.end()
    } _: {
      try await $0.create("m", isStream: true)
    }
    #expect(answer.text == stream)
    #expect(answer.isWhole)
  }

  @Test(arguments: [
    (true, "text/html"), (true, "application/json"), (true, "Text/Event-Stream; charset=x"),
    (false, "text/html; charset=utf-8"), (false, "application/json; odd=\"1\""),
  ]) func `has the type of what it is, whatever the upstream calls it`(
    isStream: Bool, type: String
  ) async throws {
    let answer = try await Self.with {
      $0.respond(
        isStream ? Reply.created + Reply.completed : Reply.whole,
        headers: "content-type: \(type)\r\n")
    } _: {
      try await $0.create("m", isStream: isStream)
    }
    #expect(answer.status == 200)
    let right = isStream ? "text/event-stream" : "application/json"
    let isRight = type.lowercased().hasPrefix(right)
    #expect(answer.header("content-type") == (isRight ? type : "\(right); charset=utf-8"))
    #expect(answer.headers.count { $0.name == "content-type" } == 1)
  }

  @Test func `in lines that end with CR alone stays one event`() async throws {
    let pretty = Reply.whole.replacing(" , ", with: "\r,\r\n")
    let answer = try await Self.with {
      $0.respond(pretty, headers: "content-type: application/json\r\n")
    } _: {
      try await $0.create("m", isStream: true)
    }
    #expect(answer.isWhole)
    let last = try #require(answer.events.last)
    #expect(last.type == "response.completed")
    #expect(!answer.text.contains("\r"))
    let data = try JSONSerialization.jsonObject(with: Data(last.data.utf8)) as? [String: Any]
    #expect((data?["response"] as? [String: Any])?["id"] as? String == "resp_1")
  }

  @Test func `about one connection is kept back, and so is what no client could read`() async throws
  {
    let answer = try await Self.with {
      $0.respond(
        Reply.whole,
        headers: """
          content-type: application/json\r
          connection: x-private\r
          keep-alive: timeout=5\r
          x-private: 1\r
          set-cookie: a=b\r
          access-control-allow-origin: *\r
          strict-transport-security: max-age=1\r
          proxy-authenticate: Basic\r
          x-control: a\u{1}b\r
          x-latin: caf\u{E9}\r
          x-twice: 1\r
          x-twice: 2\r
          X-Request-ID: req_7\r

          """)
    } _: {
      try await $0.create("m")
    }
    #expect(answer.status == 200)
    let names = Set(answer.headers.map(\.name))
    #expect(
      names.isDisjoint(with: [
        "keep-alive", "x-private", "set-cookie", "access-control-allow-origin",
        "strict-transport-security", "proxy-authenticate", "x-control",
      ]))
    #expect(answer.header("x-request-id") == "req_7")
    #expect(answer.header("x-latin") == "caf\u{E9}")
    #expect(answer.headers.filter { $0.name == "x-twice" }.map(\.value) == ["1", "2"])
    #expect(answer.header("connection") != "x-private")
  }

  @Test func `leaves as it comes, and is not held until the end`() async throws {
    let gate = DispatchSemaphore(value: 0)
    let upstream = try RawServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(Reply.head + "connection: close\r\n\r\n" + Reply.created + Reply.delta)
      gate.wait()
      connection.send(Reply.completed)
    }
    try await TestGateway.with(HostSetting.configuration(of: upstream.url)) { gateway in
      try await gateway.connected { connection in
        connection.sendRequest("POST", "/v1/responses", TestGateway.request(isStream: true))
        #expect(connection.readHead()?.hasPrefix("HTTP/1.1 200") == true)
        var text = ""
        while !text.contains(Reply.delta), let length = connection.readLine() {
          text += String(decoding: connection.readBody(Int(length, radix: 16) ?? 0), as: UTF8.self)
          _ = connection.readLine()
        }
        #expect(text == Reply.created + Reply.delta)
        gate.signal()
        let rest = String(decoding: connection.readBody(5), as: UTF8.self)
        #expect(!rest.isEmpty)
      }
    }
  }
}
#endif
