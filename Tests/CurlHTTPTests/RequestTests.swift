import RawUpstream
@testable import CurlHTTP
import Testing

@Suite struct `Requests` {
  @Test(arguments: [
    "ftp://127.0.0.1/", "file:///etc/passwd", "unix:/run/socket", "127.0.0.1", "", "http://",
    "https:///path", "http://user:word@127.0.0.1/", "http://user@127.0.0.1", "http://127.0.0.1/a b",
    "http://127.0.0.1/\r\nx: y", "http://127.0.0.1/\0", "http://127.0.0.1:99999/",
  ])
  func `a URL that cannot be used is refused`(url: String) async throws {
    try await withEngine { engine in
      let error = try await engine.failure(.get(url))
      #expect(error.kind == .badURL, "\(error)")
      #expect(!error.message.contains("word"))
    }
  }

  @Test(arguments: ["a\rb", "a\nb", "a\0b", "\r\nx: y"])
  func `a header value that would break the line is refused unsent`(value: String) async throws {
    let server = try RawServer { $0.waitForClose() }
    try await withEngine { engine in
      let request = HTTPRequest(url: server.url, headers: [HTTPHeader("x-secret", value)])
      let error = try await engine.failure(request)
      #expect(error.kind == .badRequest)
      #expect(error.message.contains("x-secret"))
    }
    #expect(server.accepted == 0)
  }

  @Test(arguments: ["", "a b", "a:", "ä", "a\r\n", "content-length", "Transfer-Encoding", "expect"])
  func `a header name that is none, or the engine's own, is refused`(name: String) async throws {
    try await withEngine { engine in
      let request = HTTPRequest(url: "http://127.0.0.1:1", headers: [HTTPHeader(name, "1")])
      let error = try await engine.failure(request)
      #expect(error.kind == .badRequest)
    }
  }

  @Test(arguments: ["", "GET /", "PO ST", "GET\r\n"])
  func `a method that is no token is refused`(method: String) async throws {
    try await withEngine { engine in
      let request = HTTPRequest(method: method, url: "http://127.0.0.1:1")
      let error = try await engine.failure(request)
      #expect(error.kind == .badRequest)
    }
  }

  /// Each row follows the one before it on one handle, so that a setting that stays behind shows.
  @Test func `what is sent is what was asked, on a handle that is used again`() async throws {
    let requests = Channel<(head: String, body: [UInt8])>()
    let server = try RawServer { connection in
      while let request = connection.readRequest() {
        requests.put(request)
        let isHead = request.head.hasPrefix("HEAD")
        connection.send("HTTP/1.1 200 OK\r\ncontent-length: \(isHead ? 5 : 0)\r\n\r\n")
      }
    }
    let rows: [(method: String, body: [UInt8]?, length: String?)] = [
      ("POST", Array("first".utf8), "5"), ("GET", nil, nil), ("HEAD", nil, nil),
      ("DELETE", nil, nil), ("POST", [], "0"), ("PUT", [1, 2], "2"), ("GET", nil, nil),
      ("POST", [UInt8](repeating: 7, count: 2 << 20), "2097152"), ("HEAD", nil, nil),
      ("DELETE", [1], "1"), ("POST", [9], "1"), ("GET", [1, 2, 3], "3"), ("PATCH", nil, nil),
    ]
    try await withEngine { engine in
      for row in rows {
        let request = HTTPRequest(
          method: row.method, url: "\(server.url)/p?q=1#fragment",
          headers: [HTTPHeader("X-Name", "a  b"), HTTPHeader("x-empty", "")],
          body: row.body.map { HTTPBody($0) })
        _ = try await engine.text(request)
        let sent = try await requests.next()
        let lines = sent.head.split(separator: "\r\n").map(String.init)
        #expect(lines.first == "\(row.method) /p?q=1 HTTP/1.1")
        #expect(lines.contains("X-Name: a  b"))
        #expect(lines.contains("x-empty:"))
        #expect(sent.body == row.body ?? [])
        let fields = lines.map { $0.lowercased() }
        #expect(
          fields.first { $0.hasPrefix("content-length") }
            == row.length.map { "content-length: \($0)" })
        #expect(!fields.contains { $0.hasPrefix("expect") || $0.hasPrefix("transfer-encoding") })
      }
      #expect(engine.holdings.handles == 1)
      #expect(server.accepted == 1)
    }
  }

  @Test func `no description shows a value, a query or a body`() {
    let request = HTTPRequest(
      method: "POST", url: "https://host/path?key=hidden-query",
      headers: [HTTPHeader("authorization", "hidden-value")],
      body: HTTPBody(Array("hidden-body".utf8)))
    var dumped = ""
    dump(request, to: &dumped)
    dump(request.headers, to: &dumped)
    for text in ["\(request)", "\(request.headers)", String(reflecting: request), dumped] {
      #expect(!text.contains("hidden"))
    }
    #expect("\(request)" == "POST https://host/path [authorization] 11 bytes in 1 pieces")
  }
}

@Suite struct `Request bodies` {
  @Test func `reading in steps of any size yields the whole, from any place`() {
    let bytes = (0..<100).map { UInt8($0) }
    let body = HTTPBody(pieces: [bytes[0..<1], bytes[1..<1], bytes[1..<60], bytes[60..<100]])
    #expect(body.count == 100)
    #expect(body.pieces.count == 3)
    for start in [0, 1, 30, 60, 99, 100] {
      for step in [1, 7, 64, 200] {
        var reader = HTTPBodyReader(body)
        for place in [50, start] {
          let isThere = reader.seek(to: place)
          #expect(isThere)
        }
        #expect(read(&reader, inStepsOf: step) == Array(bytes[start...]))
      }
    }
    var reader = HTTPBodyReader(body)
    for place in [101, -1] {
      let isThere = reader.seek(to: place)
      #expect(!isThere)
    }
  }

  private func read(_ reader: inout HTTPBodyReader, inStepsOf step: Int) -> [UInt8] {
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: step)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe reader.read(into: $0) }
      guard count > 0 else { return all }
      all += block[..<count]
    }
  }
}

@Suite struct `Errors` {
  @Test(arguments: [
    (
      "Unsupported proxy scheme for 'odd://user:word@host:1'",
      "Unsupported proxy scheme for …@host:1'"
    ),
    ("nothing to hide", "nothing to hide"),
  ])
  func `user information is cut from a text`(text: String, clean: String) {
    #expect(HTTPError.withoutUserInformation(text) == clean)
  }
}
