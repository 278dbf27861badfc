/// The request line and the header fields of one request.
struct HTTPHead {
  let method: String
  let target: String
  let speaksChunks: Bool
  let headers: [(name: String, value: String)]
  private(set) var contentLength = 0
  private(set) var isChunked = false

  var expectsContinue: Bool {
    headers.contains { $0.name == "expect" && $0.value.lowercased() == "100-continue" }
  }

  init(parsing bytes: [UInt8]) throws(MalformedRequest) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable }
    var lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)[...]
    guard let requestLine = lines.popFirst() else { throw .unreadable }
    (method, target, speaksChunks) = try Self.requestLine(requestLine)
    var headers: [(name: String, value: String)] = []
    for line in lines { headers.append(try Self.field(line)) }
    self.headers = headers
    guard !speaksChunks || headers.contains(where: { $0.name == "host" }) else {
      throw MalformedRequest(status: 400, reason: "no host header")
    }
    try readFraming()
  }

  private static func requestLine(
    _ line: Substring
  ) throws(MalformedRequest) -> (String, String, Bool) {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.allSatisfy(isTokenByte), !parts[0].isEmpty else {
      throw .unreadable
    }
    guard parts[2] == "HTTP/1.1" || parts[2] == "HTTP/1.0" else {
      throw MalformedRequest(status: 505, reason: "only HTTP/1.1 is spoken here")
    }
    guard let target = originForm(parts[1]) else {
      throw MalformedRequest(status: 400, reason: "the target is no path")
    }
    return (String(parts[0]), target, parts[2] == "HTTP/1.1")
  }

  // A client behind a configured proxy sends the whole URL.
  private static func originForm(_ target: Substring) -> String? {
    if target.hasPrefix("/") { return String(target) }
    guard target.hasPrefix("http://") else { return nil }
    let rest = target.dropFirst("http://".count)
    return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
  }

  private static func field(_ line: Substring) throws(MalformedRequest) -> (String, String) {
    guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
      line[..<colon].utf8.allSatisfy(isTokenByte)
    else { throw MalformedRequest(status: 400, reason: "a header line without a name") }
    let value = line[line.index(after: colon)...].trimmed
    guard !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
      throw MalformedRequest(status: 400, reason: "a control character in a header")
    }
    return (line[..<colon].lowercased(), value)
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  private mutating func readFraming() throws(MalformedRequest) {
    let lengths = headers.filter { $0.name == "content-length" }.map(\.value)
    let codings = headers.filter { $0.name == "transfer-encoding" }.map { $0.value.lowercased() }
    guard Set(lengths).count <= 1, lengths.isEmpty || codings.isEmpty else {
      throw MalformedRequest(status: 400, reason: "two lengths for one body")
    }
    if let coding = codings.first {
      guard codings.count == 1, coding == "chunked" else {
        throw MalformedRequest(status: 501, reason: "an unknown transfer coding")
      }
      isChunked = true
    }
    guard let length = lengths.first else { return }
    guard let count = Int(length), length.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw MalformedRequest(status: 400, reason: "a length that is no number")
    }
    contentLength = count
  }
}
