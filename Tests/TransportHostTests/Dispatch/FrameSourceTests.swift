import Testing
import TransportHost

/// D02, D05, D08: what a body is shows in its first bytes, wherever chunks end.
@Suite struct `A body in place of a stream` {
  private static let event = "event: a\ndata: {\"type\":\"é\"}\n\n"

  struct Row: Sendable, CustomTestStringConvertible {
    let body: String
    let framing: Framing
    let read: Framing
    var frames: [String] = []
    var excerpt: String?
    var testDescription: String { "\(framing): \(body)" }
  }

  static let rows = [
    Row(
      body: event, framing: .serverSentEvents, read: .serverSentEvents,
      frames: [#"a {"type":"é"}"#]),
    Row(
      body: "\u{FEFF}\(event)", framing: .serverSentEvents, read: .serverSentEvents,
      frames: [#"a {"type":"é"}"#]),
    Row(
      body: ": c\n\n\(event)data: [DONE]", framing: .whole, read: .serverSentEvents,
      frames: [#"a {"type":"é"}"#, " [DONE]"]),
    Row(
      body: "\r\n\(event)", framing: .whole, read: .serverSentEvents, frames: [#"a {"type":"é"}"#]),
    Row(
      body: "\u{FEFF} {\"error\":{}}", framing: .serverSentEvents, read: .whole,
      frames: [#"  {"error":{}}"#]),
    Row(body: "{}\n", framing: .whole, read: .whole, frames: [" {}\n"]),
    Row(body: "<html>", framing: .whole, read: .whole, frames: [" <html>"]),
    Row(
      body: "no healthy upstream", framing: .serverSentEvents, read: .serverSentEvents,
      excerpt: "no healthy upstream"),
    Row(
      body: "data center: lost\n\nevent", framing: .serverSentEvents, read: .serverSentEvents,
      excerpt: "data center: lost\n\nevent"),
    Row(
      body: "unknown: 1\ndata: x\n\n", framing: .serverSentEvents, read: .serverSentEvents,
      frames: [" x"]),
    Row(body: "unknown: 1\n: x\n\n", framing: .serverSentEvents, read: .serverSentEvents),
    Row(body: "even", framing: .serverSentEvents, read: .serverSentEvents),
    Row(body: "event: resp", framing: .serverSentEvents, read: .serverSentEvents),
    Row(body: "", framing: .serverSentEvents, read: .serverSentEvents),
    Row(body: "even", framing: .whole, read: .whole, frames: [" even"]),
    Row(body: "data: 1\n", framing: .jsonLines, read: .jsonLines, frames: [" data: 1"]),
  ]

  @Test(arguments: rows)
  func `is the same wherever its chunks are cut, D02 D08`(row: Row) throws {
    let bytes = Array(row.body.utf8)
    var cuts: [[ArraySlice<UInt8>]] = [bytes.indices.map { bytes[$0...$0] }]
    cuts += (0...bytes.count).map { [bytes[..<$0], bytes[$0...]] }
    for chunks in cuts {
      var source = FrameSource(row.framing, expectsStream: true)
      #expect(try frames(of: &source, chunks) == row.frames)
      #expect(source.framing == row.read)
      #expect(source.excerpt.map { String(decoding: $0, as: UTF8.self) } == row.excerpt)
    }
  }

  @Test(arguments: [Framing.whole, .serverSentEvents])
  func `is not looked at where no stream was asked for`(framing: Framing) throws {
    var source = FrameSource(framing, expectsStream: false)
    let other = framing == .whole ? "data: 1\n\n" : "{}"
    _ = try frames(of: &source, [Array(other.utf8)[...]])
    #expect(source.framing == framing)
  }

  @Test func `is taken for what the transport said when it shows nothing for long`() throws {
    var source = FrameSource(.serverSentEvents, expectsStream: true)
    let blanks = [UInt8](repeating: 0x20, count: 5000)
    try source.append(blanks)
    try source.append(Array("{}".utf8))
    source.finish()
    #expect(source.framing == .serverSentEvents)
  }

  @Test func `is quoted up to 2 KiB`() throws {
    var source = FrameSource(.serverSentEvents, expectsStream: true)
    for _ in 0..<10 { try source.append([UInt8](repeating: 0x78, count: 1000)) }
    #expect(source.excerpt?.count == 2048)
  }

  private func frames(
    of source: inout FrameSource, _ chunks: [ArraySlice<UInt8>]
  ) throws -> [String] {
    var frames: [String] = []
    func read(_ source: inout FrameSource) throws {
      while true {
        switch try source.next() {
        case .frame:
          frames.append(source.withFrame { "\(text($0)) \(text($1))" })
          source.discardFrame()
        case .comment: break
        case .needsBytes, .ended: return
        }
      }
    }
    for chunk in chunks where !chunk.isEmpty {
      try source.append(Array(chunk))
      try read(&source)
    }
    source.finish()
    try read(&source)
    return frames
  }
}

private func text(_ span: Span<UInt8>) -> String {
  String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
}
