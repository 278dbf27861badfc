import Testing

@testable import UpstreamEmulator

@Suite struct `The server speaks HTTP strictly` {
  let emulation: Emulation

  init() throws {
    emulation = try Emulation(.openai)
  }

  private var body: JSON { ["model": "gpt-5", "input": "x"] }

  private func request(_ more: [(String, String)] = []) -> [UInt8] {
    emulation.request("POST", "/v1/responses", body, headers: [emulation.credential] + more)
  }

  @Test func `one connection carries many requests, pipelined ones too`() throws {
    let client = try WireClient(port: emulation.listener.port)
    try client.send(request())
    #expect(client.reply().status == 200)
    try client.send(request() + request())
    #expect(client.reply().status == 200)
    #expect(client.reply().status == 200)
    #expect(Set(emulation.emulator.requests.map(\.connection)) == [1])
  }

  @Test func `a body in chunks, with extensions and trailers`() throws {
    let client = try WireClient(port: emulation.listener.port)
    let (name, value) = emulation.credential
    try client.send(
      "POST /v1/responses HTTP/1.1\r\nhost: x\r\n\(name): \(value)\r\n"
        + "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n")
    let bytes = body.bytes
    for piece in [bytes.prefix(3), bytes.dropFirst(3)] {
      try client.send("\(String(piece.count, radix: 16)) ;a=b\r\n")
      try client.send(Array(piece) + Array("\r\n".utf8))
    }
    try client.send("0\r\nx-trailer: 1\r\n\r\n")
    #expect(client.reply().status == 200)
    #expect(emulation.emulator.requests.last?.body == bytes)
  }

  @Test func `a client that waits for leave to send its body gets it`() throws {
    let client = try WireClient(port: emulation.listener.port)
    let bytes = request([("expect", "100-continue")])
    let size = body.bytes.count
    try client.send(Array(bytes.dropLast(size)))
    #expect(client.received(until: "HTTP/1.1 100 Continue\r\n\r\n"))
    try client.send(body.bytes)
    #expect(client.reply().status == 200)
  }

  @Test func `close is obeyed, and HTTP/1.0 gets no chunks`() throws {
    let client = try WireClient(port: emulation.listener.port)
    try client.send(request([("connection", "close")]))
    #expect(client.reply().headers["connection"] == "close")
    #expect(client.reply().ending == .cut)
    let old = try WireClient(port: emulation.listener.port)
    let text = String(decoding: request(), as: UTF8.self)
      .replacing("HTTP/1.1", with: "HTTP/1.0").replacing("}", with: "")
    let streamed = #","stream":true}"#
    try old.send(
      text.replacing(
        "content-length: \(body.bytes.count)",
        with: "content-length: \(body.bytes.count - 1 + streamed.utf8.count)") + streamed)
    let reply = old.reply()
    #expect(reply.headers["transfer-encoding"] == nil)
    #expect(reply.eventNames.last == "response.completed")
  }

  @Test(arguments: [
    ("\u{16}\u{3}\u{1}\u{0}", 400), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("GET /\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nhost: x\r\n folded\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nhost : x\r\n\r\n", 400), ("GET x HTTP/1.1\r\nhost: x\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 999999999999\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: gzip\r\n\r\n", 501),
    ("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", 400),
    ("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n", 400),
  ])
  func `garbage is answered and the connection closed`(text: String, status: Int) throws {
    let client = try WireClient(port: emulation.listener.port)
    try client.send(text)
    #expect(client.reply().status == status)
    #expect(client.reply().ending != .complete)
    #expect(try emulation.get("/models").status == 200)
  }

  @Test func `an endless header is cut off`() throws {
    let client = try WireClient(port: emulation.listener.port)
    try client.send("GET / HTTP/1.1\r\nx: \(String(repeating: "a", count: 65_600))")
    #expect(client.reply().status == 431)
  }

  @Test func `the log keeps what arrived on the wire`() throws {
    _ = try emulation.send(
      "POST", "/v1/responses?a=b%20c", body, headers: [emulation.credential, ("X-Odd", " v ")])
    let record = try #require(emulation.emulator.requests.last)
    #expect(record.upstream == .openai)
    #expect(record.method == "POST")
    #expect(record.target == "/v1/responses?a=b%20c")
    #expect(record.header("x-odd") == "v")
    #expect(record.headers.map(\.name).prefix(3) == ["host", "authorization", "x-odd"])
    #expect(record.json == body)
  }

  @Test func `stopping frees the port and ends idle connections`() throws {
    let client = try WireClient(port: emulation.listener.port)
    try client.send(request())
    #expect(client.reply().status == 200)
    emulation.emulator.stop()
    #expect(client.reply().ending == .cut)
    var options = EmulatorOptions()
    options.port = emulation.listener.port
    let second = UpstreamEmulator()
    #expect(try second.start(.openai, options: options).port == options.port)
  }

  @Test func `a port that is taken is named`() throws {
    var options = EmulatorOptions()
    options.port = emulation.listener.port
    let error = #expect(throws: EmulatorError.self) {
      try UpstreamEmulator().start(.azureOpenAI, options: options)
    }
    #expect(
      error?.description
        == "cannot listen on 127.0.0.1:\(options.port) for azure-openai: address already in use. "
        + "Choose another port, or 0 to have one picked.")
  }

  @Test func `five hundred connections at once`() throws {
    let clients = try (0..<500).map { _ in try WireClient(port: emulation.listener.port) }
    for client in clients { try client.send(request()) }
    #expect(clients.allSatisfy { $0.reply().status == 200 })
  }

  @Test func `a header date is a date`() {
    #expect(HTTPDate.text(.seconds(0)) == "Thu, 01 Jan 1970 00:00:00 GMT")
    #expect(HTTPDate.text(.seconds(951_827_696)) == "Tue, 29 Feb 2000 12:34:56 GMT")
    #expect(HTTPDate.text(.seconds(1_798_761_599)) == "Thu, 31 Dec 2026 23:59:59 GMT")
  }
}
