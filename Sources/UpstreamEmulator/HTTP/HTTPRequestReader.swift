/// Why a request was not understood, with the status that says so.
struct MalformedRequest: Error, Hashable {
  let status: Int
  let reason: String

  static let unreadable = MalformedRequest(status: 400, reason: "the request is not HTTP/1.1")
  static let incomplete = MalformedRequest(status: 400, reason: "the request ended early")
}

/// Reads requests from one connection, one after the other.
///
/// It is as strict as RFC 9112 allows a server to be: a sloppy request of the client under test
/// should be noticed here.
struct HTTPRequestReader {
  /// Far above any header that a client of a model needs.
  private static let headLimit = 64 << 10
  /// Far above the largest body the upstreams take.
  private static let bodyLimit = 256 << 20

  private let socket: Socket
  private var buffer: [UInt8] = []
  private var start = 0

  init(socket: Socket) {
    self.socket = socket
  }

  /// The next request, or nil when the client has ended the connection between two requests.
  mutating func next() throws(MalformedRequest) -> HTTPRequest? {
    guard let head = try head() else { return nil }
    let fields = try HTTPHead(parsing: head)
    if fields.expectsContinue {
      try? socket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
    let body =
      fields.isChunked
      ? try chunkedBody() : try body(length: fields.contentLength)
    return HTTPRequest(
      method: fields.method, target: fields.target, speaksChunks: fields.speaksChunks,
      headers: fields.headers, body: body)
  }

  private mutating func head() throws(MalformedRequest) -> [UInt8]? {
    while true {
      if let end = endOfHead() {
        defer { start = end }
        return Array(buffer[start..<end])
      }
      guard buffer.count - start < Self.headLimit else {
        throw MalformedRequest(status: 431, reason: "the header is too large")
      }
      guard receive(upTo: 16 << 10) else {
        guard start == buffer.count else { throw .incomplete }
        return nil
      }
      try rejectOtherProtocols()
    }
  }

  // Without this a client that speaks TLS or HTTP/2 would wait for ever for an end of header.
  private func rejectOtherProtocols() throws(MalformedRequest) {
    guard let first = buffer[start...].first else { return }
    let isLetter = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
    guard isLetter else { throw .unreadable }
  }

  private func endOfHead() -> Int? {
    guard buffer.count - start >= 4 else { return nil }
    var index = start
    while index + 3 < buffer.count {
      if buffer[index + 3] > 0x0D {
        index += 4
      } else if buffer[index] == 0x0D && buffer[index + 1] == 0x0A && buffer[index + 2] == 0x0D
        && buffer[index + 3] == 0x0A
      {
        return index + 4
      } else {
        index += 1
      }
    }
    return nil
  }

  private mutating func receive(upTo capacity: Int) -> Bool {
    guard let bytes = try? socket.receive(upTo: capacity) else { return false }
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes
    return true
  }

  private mutating func body(length: Int) throws(MalformedRequest) -> [UInt8] {
    guard length <= Self.bodyLimit else {
      throw MalformedRequest(status: 413, reason: "the body is too large")
    }
    while buffer.count - start < length {
      let missing = length - (buffer.count - start)
      guard receive(upTo: min(max(missing, 4096), 1 << 20)) else { throw .incomplete }
    }
    defer { start += length }
    return Array(buffer[start..<start + length])
  }

  private mutating func chunkedBody() throws(MalformedRequest) -> [UInt8] {
    var body: [UInt8] = []
    while true {
      let sizeLine = try line()
      let digits = sizeLine.prefix { $0 != ";" }.trimmed
      guard let size = Int(digits, radix: 16), size >= 0, digits.first != "+" else {
        throw MalformedRequest(status: 400, reason: "a chunk without a size")
      }
      guard body.count + size <= Self.bodyLimit else {
        throw MalformedRequest(status: 413, reason: "the body is too large")
      }
      if size == 0 { break }
      body += try self.body(length: size)
      guard try line().isEmpty else {
        throw MalformedRequest(status: 400, reason: "a chunk longer than its size")
      }
    }
    while try !line().isEmpty {}
    return body
  }

  private mutating func line() throws(MalformedRequest) -> String {
    while true {
      if let end = buffer[start...].firstIndex(of: 0x0A) {
        guard end > start, buffer[end - 1] == 0x0D else { throw .unreadable }
        defer { start = end + 1 }
        return String(decoding: buffer[start..<end - 1], as: UTF8.self)
      }
      guard buffer.count - start < Self.headLimit, receive(upTo: 16 << 10) else {
        throw .incomplete
      }
    }
  }
}
