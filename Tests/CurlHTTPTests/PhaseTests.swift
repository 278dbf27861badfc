@testable import CurlHTTP
import RawUpstream
import Testing

@Suite struct `How far connecting came` {
  @Test func `is known of an exchange, but not of one on a pooled connection`() async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.respond("x") }
    }
    try await withEngine { engine in
      let first = try #require(try await engine.text(.get(server.url)).record.phases)
      #expect(first.connect != nil)
      #expect(first.handshake == nil)
      #expect((first.remoteHost, first.remotePort) == ("127.0.0.1", Int(server.port)))
      #expect(try await engine.text(.get(server.url)).record.phases == nil)
    }
  }

  @Test func `is known of TLS, in its order`() async throws {
    let nginx = try Nginx()
    try await withEngine(.testing(caFile: nginx.authority)) { engine in
      let phases = try #require(try await engine.text(.get("\(nginx.tls)/who")).record.phases)
      let (lookup, connect) = (try #require(phases.lookup), try #require(phases.connect))
      #expect(lookup <= connect)
      #expect(connect <= (try #require(phases.handshake)))
    }
  }

  @Test func `is known of a failure: no name, no connection, no TLS`() async throws {
    let server = try RawServer { connection in
      connection.respond("x")
      connection.waitForClose()
    }
    try await withEngine { engine in
      let unknown = try #require(try await engine.failure(.get("http://no.invalid/")).phases)
      #expect((unknown.lookup, unknown.connect) == (nil, nil))
      let closed = try await engine.failure(.get("http://127.0.0.1:9/"))
      #expect(closed.kind == .connect)
      #expect(closed.phases?.connect == nil)
      let plain = try await engine.failure(.get("https://127.0.0.1:\(server.port)/"))
      #expect(plain.kind == .tls)
      #expect(plain.phases?.handshake == nil)
      #expect(plain.phases?.remotePort == Int(server.port))
    }
  }
}
