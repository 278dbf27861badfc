import ServerSentEvents
import Testing

/// D07: there is one, far above what upstreams send, and it never cuts in silence.
@Suite struct `The limit on an event` {
  @Test(arguments: [
    ("data: 1234\n\n", 11), ("event: a\ndata: 1\n\n", 17), ("data: 1\r\ndata: 2\r\n\r\n", 18),
    (": 1234567890\n", 12), ("data: 1\n: 34567890\n\n", 19),
  ])
  func `is met or missed alike at every split`(stream: String, length: Int) {
    let bytes = stream.utf8Array
    for chunks in [[bytes[...]], bytes.bytewise] + bytes.indices.map(bytes.split) {
      #expect(Reading(chunks, limit: length).error == nil)
      #expect(Reading(chunks, limit: length - 1).error == .tooLong(limit: length - 1))
    }
  }

  @Test(arguments: ["data: ", "event: a\ndata: ", ": ", "data: 1\n: "])
  func `is met by an event that does not end, at the first byte too many`(start: String) throws {
    var parser = ServerSentEventParser(limit: 100)
    parser.append(String(repeating: "data: 1\n\n", count: 50).utf8Array.span)
    while try parser.next() != nil {}
    let open = start + String(repeating: "x", count: 100 - start.utf8.count)
    for byte in open.utf8Array {
      let chunk = [byte]
      parser.append(chunk.span)
      #expect(try parser.next() == nil)
    }
    parser.append("x".utf8Array.span)
    #expect(throws: FramingError.tooLong(limit: 100)) { try parser.next() }
  }

  @Test func `is met by a line that does not end, at the first byte too many`() throws {
    var framer = JSONLineFramer(limit: 100)
    framer.append(String(repeating: "x", count: 100).utf8Array.span)
    #expect(try framer.next() == nil)
    framer.append("x".utf8Array.span)
    #expect(throws: FramingError.tooLong(limit: 100)) { try framer.next() }
  }

  @Test func `is not met by many events, comments or ignored lines together`() {
    let stream = String(repeating: "data: 1\n\n: comment\nid: 1\n\n", count: 100)
    let reading = Reading(stream, limit: 20)
    #expect(reading.error == nil)
    #expect(reading.events.count == 100)
    #expect(reading.comments == 100)
  }

  @Test func `hands out what came before the event that is too long`() {
    let reading = Reading("data: 1\n\ndata: 23456\n\n", limit: 8)
    #expect(reading.events.map(\.text) == ["1"])
    #expect(reading.error == .tooLong(limit: 8))
  }

  @Test func `ends the stream for good, and frees what was held`() {
    var parser = ServerSentEventParser(limit: 10)
    for _ in 0..<3 {
      parser.append("data: 12345\n\ndata: 1\n\n".utf8Array.span)
      parser.finish()
      #expect(throws: FramingError.tooLong(limit: 10)) { try parser.next() }
    }
    #expect(Mirror.roomHeld(by: parser) == 0)
  }

  @Test func `says what happened and what the limit is`() {
    #expect(
      "\(FramingError.tooLong(limit: 10))"
        == "cannot read the stream: an event is longer than the limit of 10 bytes")
  }
}
