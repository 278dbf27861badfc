@testable import CurlHTTP
import Foundation
import Testing

@Suite struct `Exchanges with nginx` {
  let nginx: Nginx

  init() throws { nginx = try Nginx() }

  @Test func `sequential requests share one connection`() async throws {
    try await withEngine { engine in
      var connections: Set<String> = []
      var reused: [Bool] = []
      for _ in 0..<5 {
        let answer = try await engine.text(.post("\(nginx.plain)/who"))
        connections.insert(answer.body)
        reused.append(try #require(answer.record.connection).isReused)
      }
      #expect(connections.count == 1)
      #expect(reused == [false, true, true, true, true])
      #expect(engine.holdings.connections == 1)
      #expect(engine.holdings.handles == 1)
    }
  }

  @Test(arguments: [
    (HTTPVersionPolicy.negotiated, "HTTP/2.0", HTTPVersion.http2),
    (.http1, "HTTP/1.1", .http1_1),
    (.http2, "HTTP/2.0", .http2),
  ])
  func `TLS speaks the version that the policy allows`(
    policy: HTTPVersionPolicy, spoken: String, version: HTTPVersion
  ) async throws {
    try await withEngine(.testing(policy, caFile: nginx.authority)) { engine in
      let answer = try await engine.text(.get("\(nginx.tls)/who"))
      #expect(answer.body.hasSuffix(spoken))
      #expect(answer.head.version == version)
      #expect(answer.record.connection?.version == version)
      #expect(answer.record.connection?.remoteHost == "127.0.0.1")
      #expect(answer.record.connection?.remotePort == Int(nginx.tlsPort))
    }
  }

  @Test func `without TLS HTTP/2 is spoken only when forced`() async throws {
    try await withEngine(.testing(.http2)) { engine in
      let answer = try await engine.text(.get("\(nginx.priorKnowledge)/who"))
      #expect(answer.head.version == .http2)
    }
    try await withEngine { engine in
      let answer = try await engine.text(.get("\(nginx.plain)/who"))
      #expect(answer.head.version == .http1_1)
    }
  }

  @Test func `concurrent requests share one HTTP/2 connection`() async throws {
    try await withEngine(.testing(caFile: nginx.authority)) { engine in
      let url = "\(nginx.tls)/who"
      let bodies = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<100 { group.addTask { try await engine.text(.get(url)).body } }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(bodies.count == 1)
      #expect(engine.holdings.connections == 1)
    }
  }

  @Test func `an HTTP/2 stream that nobody reads holds up no other`() async throws {
    try nginx.write([UInt8](repeating: 0x61, count: 8 << 20), to: "large")
    try await withEngine(.testing(caFile: nginx.authority)) { engine in
      let slow = try await engine.start(.get("\(nginx.tls)/large"))
      for _ in 0..<20 {
        #expect(try await engine.text(.get("\(nginx.tls)/who")).head.status == 200)
      }
      #expect(engine.holdings.connections == 1)
      #expect(try await slow.collect(limit: 8 << 20).count == 8 << 20)
    }
  }

  @Test func `a compressed body arrives plain`() async throws {
    let text = String(repeating: "compressible ", count: 5_000)
    try nginx.write(Array(text.utf8), to: "text")
    try await withEngine { engine in
      let answer = try await engine.text(.get("\(nginx.plain)/zipped/text"))
      #expect(answer.head.headers["content-encoding"] == "gzip")
      #expect(answer.body == text)
      #expect(answer.record.bytesReceived == text.utf8.count)
    }
  }

  @Test(arguments: [HTTPVersionPolicy.http1, .http2])
  func `a rope of 20 MB arrives byte for byte`(policy: HTTPVersionPolicy) async throws {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<(20 << 20) / 8).flatMap { _ in
      unsafe withUnsafeBytes(of: generator.next()) { unsafe Array($0) }
    }
    var body = HTTPBody()
    var place = 0
    while place < bytes.count {
      let end = min(bytes.count, place + Int.random(in: 1...200_000))
      body.append(bytes[place..<end])
      place = end
    }
    #expect(body.count == bytes.count)
    try await withEngine(.testing(policy, caFile: nginx.authority)) { engine in
      let request = HTTPRequest(method: "PUT", url: "\(nginx.tls)/upload/rope", body: body)
      let answer = try await engine.text(request)
      #expect(answer.head.status == 201)
    }
    let received = try nginx.read("rope")
    #expect(received == bytes)
  }

  @Test(arguments: [HTTPVersionPolicy.http1, .http2])
  func `1,000 concurrent exchanges all get their answer`(policy: HTTPVersionPolicy) async throws {
    try await withEngine(.testing(policy, caFile: nginx.authority)) { engine in
      let url = policy == .http1 ? "\(nginx.plain)/who" : "\(nginx.tls)/who"
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<1_000 {
          group.addTask { try await engine.text(.get(url)).head.status }
        }
        return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      }
      #expect(statuses == [200: 1_000])
      #expect(engine.holdings.exchanges == 0)
      #expect(engine.holdings.handles <= 32)
      #expect(engine.holdings.connections <= 256)
    }
  }

  @Test(arguments: [HTTPVersionPolicy.http1, .http2], [100, 20_000, 60_000, 200_000, 8 << 20])
  func `a refusal before the end of the request is an answer`(
    policy: HTTPVersionPolicy, size: Int
  ) async throws {
    try await withEngine(.testing(policy, caFile: nginx.authority)) { engine in
      for _ in 0..<30 {
        let body = [UInt8](repeating: 0x61, count: size)
        let answer = try await engine.text(.post("\(nginx.tls)/refused", body))
        #expect(answer.head.status == 401)
        #expect(answer.body == "no")
      }
    }
  }

  @Test func `a task on the engine's executor performs exchanges`() async throws {
    try await withEngine { engine in
      let url = "\(nginx.plain)/who"
      let name = try await withTaskExecutorPreference(engine.executor) { () async throws in
        for _ in 0..<10 { _ = try await engine.text(.post(url)) }
        return currentThreadName()
      }
      #expect(name == "jackfield-http")
    }
  }
}

@Suite struct `Trust` {
  let nginx: Nginx

  init() throws { nginx = try Nginx() }

  @Test func `an unknown authority is refused`() async throws {
    for file in [nil, nginx.otherAuthority] {
      try await withEngine(.testing(caFile: file)) { engine in
        let error = try await engine.failure(.get("\(nginx.tls)/who"))
        #expect(error.kind == .tls)
        #expect(error.curlCode == 60)
        #expect(!error.headReceived)
      }
    }
  }

  @Test func `a certificate for another host is refused`() async throws {
    try await withEngine(.testing(caFile: nginx.authority)) { engine in
      let error = try await engine.failure(.get("\(nginx.tlsByAddress)/who"))
      #expect(error.kind == .tls)
      #expect(error.curlCode == 60)
    }
  }

  @Test(arguments: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"])
  func `an authority from the environment is trusted`(variable: String) async throws {
    let environment = HTTPEnvironment { $0 == variable ? nginx.authority : nil }
    try await withEngine(.testing(environment: environment)) { engine in
      let answer = try await engine.text(.get("\(nginx.tls)/who"))
      #expect(answer.head.status == 200)
    }
  }

  @Test func `the option wins over the environment`() async throws {
    let environment = HTTPEnvironment { $0 == "SSL_CERT_FILE" ? nginx.authority : nil }
    let options = HTTPEngineOptions.testing(
      caFile: nginx.otherAuthority, environment: environment)
    try await withEngine(options) { engine in
      let error = try await engine.failure(.get("\(nginx.tls)/who"))
      #expect(error.kind == .tls)
    }
  }

  @Test func `a missing authority file is an error of TLS`() async throws {
    try await withEngine(.testing(caFile: "/does/not/exist.pem")) { engine in
      let error = try await engine.failure(.get("\(nginx.tls)/who"))
      #expect(error.kind == .tls)
    }
  }
}

func currentThreadName() -> String {
  (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8))?
    .trimmingCharacters(in: .newlines) ?? ""
}
