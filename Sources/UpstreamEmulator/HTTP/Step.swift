/// One thing that is done to a connection.
///
/// A reply is a list of them, so that a fault is an edit of a list and needs no code in the server.
enum Step: Sendable {
  /// Status line and header fields.
  case head([UInt8])
  /// A whole body.
  case body([UInt8])
  /// One event, framed as a chunk.
  case event([UInt8])
  /// The end of a chunked body.
  case end([UInt8])
  /// Bytes one at a time, each in a write of its own.
  case drip([UInt8])
  /// Nothing for so long, or until the client goes away; nil waits for that alone.
  case pause(Duration?)
  /// The moment before the last event.
  case willFinish
  /// An orderly end of the connection.
  case close
  /// An end of the connection that the client sees as an error.
  case reset

  /// What this writes, if it writes at all.
  var bytes: [UInt8]? {
    switch self {
    case .head(let bytes), .body(let bytes), .event(let bytes), .end(let bytes),
      .drip(let bytes):
      bytes
    case .pause, .willFinish, .close, .reset: nil
    }
  }

  var isEvent: Bool {
    if case .event = self { true } else { false }
  }

  /// Whether this ends a stream or the connection.
  var isEnd: Bool {
    switch self {
    case .end, .close, .reset: true
    default: false
    }
  }

  var isHead: Bool {
    if case .head = self { true } else { false }
  }
}

extension HTTPReply {
  /// The steps that send this reply.
  ///
  /// - Parameters:
  ///   - chunked: Whether the client reads chunks; otherwise a stream ends with the connection.
  ///   - keepsAlive: Whether the connection is used again.
  /// - Returns: In order; none of them missing for a reply without a body.
  func steps(chunked: Bool, keepsAlive: Bool) -> [Step] {
    switch body {
    case .whole(let bytes):
      let framing = [
        ("content-length", String(bytes.count)),
        ("connection", keepsAlive ? "keep-alive" : "close"),
      ]
      return [.head(head(framedBy: framing)), .body(bytes)] + (keepsAlive ? [] : [.close])
    case .events(let events, let framing):
      let isReusable = chunked && keepsAlive
      let fields =
        (chunked ? [("transfer-encoding", "chunked")] : [])
        + [("connection", isReusable ? "keep-alive" : "close")]
      return [.head(head(framedBy: fields))]
        + eventSteps(events, framing: framing, chunked: chunked)
        + (chunked ? [.end(Array("0\r\n\r\n".utf8))] : []) + (isReusable ? [] : [.close])
    }
  }

  private func eventSteps(
    _ events: [ServerEvent], framing: EventFraming, chunked: Bool
  ) -> [Step] {
    var steps: [Step] = []
    for (index, event) in events.enumerated() {
      let bytes = framing.bytes(
        of: event, isFirst: index == 0, isLast: index == events.count - 1)
      if event.isTerminal { steps.append(.willFinish) }
      for piece in Self.pieces(of: bytes, size: framing.chunkSize) {
        steps.append(.event(chunked ? Self.chunk(piece) : piece))
      }
    }
    return steps
  }

  private static func pieces(of bytes: [UInt8], size: Int?) -> [[UInt8]] {
    guard let size, size > 0 else { return [bytes] }
    return stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
  }

  private static func chunk(_ bytes: [UInt8]) -> [UInt8] {
    Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
  }
}
