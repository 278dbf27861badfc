@testable import CurlHTTP
import Foundation
import RawUpstream
import Testing

@Suite struct `Broken upstreams` {
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kind: HTTPError.Kind
    let curlCodes: Set<Int32>
    let headReceived: Bool
    let bytesReceived: Int
    let script: @Sendable (RawConnection) -> Void

    init(
      _ name: String, _ kind: HTTPError.Kind, _ curlCodes: Set<Int32>, head: Bool = false,
      bytes: Int = 0, _ script: @escaping @Sendable (RawConnection) -> Void
    ) {
      testDescription = name
      self.kind = kind
      self.curlCodes = curlCodes
      headReceived = head
      bytesReceived = bytes
      self.script = script
    }
  }

  static let faults = [
    Fault("reset before the head", .receiveFailed, [56]) { $0.reset() },
    Fault("closed before the head", .receiveFailed, [52]) { $0.end() },
    Fault("closed inside the head", .receiveFailed, [0]) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-")
      $0.end()
    },
    Fault("content-length not reached", .truncated, [18], head: true, bytes: 4) {
      $0.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfour")
      $0.end()
    },
    Fault("cut inside a chunk", .truncated, [18], head: true, bytes: 4) {
      $0.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\na\r\nfour")
      $0.end()
    },
    Fault("cut between chunks", .truncated, [18], head: true, bytes: 4) {
      $0.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nfour\r\n")
      $0.end()
    },
    Fault("a chunk size that is no number", .receiveFailed, [56], head: true) {
      $0.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nfour\r\n")
      $0.waitForClose()
    },
    Fault("garbage instead of a status line", .protocol, [1, 8]) {
      $0.send("this is no HTTP at all\r\n\r\n")
      $0.end()
    },
    Fault("a head of 300 KiB", .protocol, [23, 56]) { connection in
      connection.send("HTTP/1.1 200 OK\r\n")
      for index in 0..<300 {
        connection.send("x-\(index): \(String(repeating: "v", count: 1_024))\r\n")
      }
      connection.send("content-length: 0\r\n\r\n")
      connection.waitForClose()
    },
    Fault("a coding that cannot be undone", .protocol, [61], head: true) {
      $0.send(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 12\r\n\r\nnot gzip yet")
      $0.waitForClose()
    },
    Fault("a switch of protocols that nobody asked for", .protocol, [23, 56, 8]) {
      $0.send("HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\n\r\n")
      $0.waitForClose()
    },
  ]

  @Test(arguments: faults)
  func `each ends in one typed error`(fault: Fault) async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      fault.script(connection)
    }
    try await withEngine { engine in
      let error = try await engine.failure(.post(server.url))
      #expect(error.kind == fault.kind, "\(error)")
      #expect(fault.curlCodes.contains(error.curlCode), "\(error)")
      #expect(error.headReceived == fault.headReceived)
      #expect(error.bytesReceived == fault.bytesReceived)
      #expect(engine.holdings.exchanges == 0)
      // libcurl takes an end inside a head for the end of a response and keeps the connection.
      #expect(engine.holdings.connections == (fault.curlCodes == [0] ? 1 : 0))
    }
    #expect(server.accepted == 1, "a fresh connection that fails is not tried again")
  }

  @Test func `bytes that came before a fault are handed out before it`() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfour")
      connection.end()
    }
    try await withEngine { engine in
      let exchange = try await engine.start(.get(server.url))
      #expect(try await exchange.nextChunk() == Array("four".utf8))
      await #expect(throws: HTTPError.self) { try await exchange.nextChunk() }
      await #expect(throws: HTTPError.self, "and again") { try await exchange.nextChunk() }
    }
  }

  @Test func `a reset after the head keeps the head`() async throws {
    let mayGoOn = DispatchSemaphore(value: 0)
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfour")
      // A reset would overtake bytes that the client has not read.
      mayGoOn.wait()
      connection.reset()
    }
    try await withEngine { engine in
      let exchange = try await engine.start(.get(server.url))
      #expect(try await exchange.nextChunk() == Array("four".utf8))
      mayGoOn.signal()
      let error = await #expect(throws: HTTPError.self) { try await exchange.nextChunk() }
      #expect(error?.kind == .receiveFailed)
      #expect(error?.curlCode == 56)
      #expect(error?.headReceived == true)
      #expect(error?.bytesReceived == 4)
    }
  }

  @Test func `nobody listening is a failed connect`() async throws {
    try await withEngine { engine in
      let error = try await engine.failure(.get("http://127.0.0.1:\(freePort())"))
      #expect(error.kind == .connect)
      #expect(error.curlCode == 7)
    }
  }

  @Test func `a name that does not exist is an error of name lookup`() async throws {
    try await withEngine { engine in
      let error = try await engine.failure(.get("http://nowhere.invalid/"))
      #expect(error.kind == .dns)
      #expect(error.curlCode == 6)
    }
  }

  @Test func `plain text where TLS is expected is an error of TLS`() async throws {
    let server = try RawServer { connection in
      connection.send("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
      connection.waitForClose()
    }
    try await withEngine { engine in
      let error = try await engine.failure(.get("https://127.0.0.1:\(server.port)/"))
      #expect(error.kind == .tls)
    }
  }

  @Test(arguments: [100, 1_000_000])
  func `a pooled connection that died is replaced without the caller's notice`(
    size: Int
  ) async throws {
    let bodies = Channel<[UInt8]>()
    let server = try RawServer { connection in
      guard let first = connection.readRequest() else { return }
      bodies.put(first.body)
      connection.respond("ok")
      // The next request on this connection meets its end.
      guard connection.readHead() != nil else { return }
      connection.reset()
    }
    try await withEngine { engine in
      let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      for _ in 0..<3 {
        let answer = try await engine.text(.post(server.url, body))
        #expect(answer.body == "ok")
        let sent = try await bodies.next()
        #expect(sent == body)
      }
    }
  }
}

@Suite struct `Well-formed oddities` {
  @Test func `an error status is a response with a body`() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.respond("{\"error\":1}", status: "503 Busy", headers: "Retry-After: 7\r\n")
    }
    try await withEngine { engine in
      let answer = try await engine.text(.post(server.url))
      #expect(answer.head.status == 503)
      #expect(answer.head.headers["retry-after"] == "7")
      #expect(answer.body == "{\"error\":1}")
    }
  }

  @Test(arguments: [301, 302, 307, 308])
  func `a redirect is an answer and is not followed`(status: Int) async throws {
    let other = try RawServer { $0.waitForClose() }
    let server = try RawServer { connection in
      connection.readRequest()
      connection.respond("moved", status: "\(status) Moved", headers: "location: \(other.url)\r\n")
    }
    try await withEngine { engine in
      let answer = try await engine.text(.post(server.url))
      #expect(answer.head.status == status)
      #expect(answer.head.headers["location"] == other.url)
    }
    #expect(other.accepted == 0)
  }

  @Test func `informational heads and trailers leave no trace`() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 100 Continue\r\n\r\n")
      connection.send("HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n")
      connection.send("HTTP/1.1 200 OK\r\nX-One: 1\r\nx-two:2 \r\nX-One:  again\r\n")
      connection.send("transfer-encoding: chunked\r\n\r\n")
      connection.send("4\r\nbody\r\n0\r\nx-trailer: late\r\n\r\n")
      connection.waitForClose()
    }
    try await withEngine { engine in
      let answer = try await engine.text(.post(server.url))
      #expect(answer.head.status == 200)
      #expect(answer.body == "body")
      #expect(answer.head.headers.map(\.name) == ["x-one", "x-two", "x-one", "transfer-encoding"])
      #expect(answer.head.headers.values(of: "x-one") == ["1", "again"])
      #expect(answer.head.headers["link"] == nil)
    }
  }

  @Test(
    arguments: [
      ("br", [0x0B, 0x02, 0x80] + Array("hello".utf8) + [0x03]),
      ("deflate", [0x78, 0x9C, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x06, 0x2C, 0x02, 0x15]),
    ] as [(String, [UInt8])])
  func `a coding is undone`(name: String, bytes: [UInt8]) async throws {
    let heads = Channel<String>()
    let server = try RawServer { connection in
      heads.put(connection.readRequest()?.head ?? "")
      connection.send(
        "HTTP/1.1 200 OK\r\ncontent-encoding: \(name)\r\ncontent-length: \(bytes.count)\r\n\r\n")
      connection.send(bytes)
    }
    try await withEngine { engine in
      #expect(try await engine.text(.get(server.url)).body == "hello")
      let head = try await heads.next().lowercased()
      let offered = head.split(separator: "\r\n").first { $0.hasPrefix("accept-encoding:") }
      #expect(offered?.contains(name) == true)
    }
  }

  @Test func `a 200 stream has its head before its first byte`() async throws {
    let mayGoOn = DispatchSemaphore(value: 0)
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nx-request-id: r1\r\ncontent-length: 5\r\n\r\n")
      mayGoOn.wait()
      connection.send("hello")
    }
    try await withEngine { engine in
      let exchange = try await engine.start(.get(server.url))
      #expect(exchange.head.headers["x-request-id"] == "r1")
      #expect(exchange.record.bytesReceived == 0)
      mayGoOn.signal()
      #expect(try await exchange.collect(limit: 5) == Array("hello".utf8))
      #expect(try await exchange.nextChunk() == nil)
      #expect(try await exchange.nextChunk() == nil)
    }
  }

  @Test func `a record tells the times in their order`() async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.respond("ok") }
    }
    try await withEngine { engine in
      let first = try await engine.text(.post(server.url)).record
      let connected = try #require(first.connected)
      let firstByte = try #require(first.firstByte)
      let ended = try #require(first.ended)
      #expect(first.queued <= connected)
      #expect(connected <= firstByte)
      #expect(firstByte <= ended)
      #expect(ended <= .now)
      #expect(try await engine.text(.post(server.url)).record.connected == nil)
    }
  }
}
