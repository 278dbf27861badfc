import ServerSentEvents
import Testing

/// D02, D03: line ends, fields and comments as the standard has them.
@Suite struct `A server-sent event parser` {
  @Test(arguments: ["\n", "\r", "\r\n"])
  func `ends lines with LF, CR and CRLF`(end: String) {
    let stream = "event: a\(end)data: 1\(end)\(end)data: 2\(end)data: 3\(end)\(end)"
    #expect(Reading(stream).events.map(\.text) == ["1", "2\n3"])
    #expect(Reading(stream).events.map(\.type) == ["a", ""])
  }

  @Test func `hands out an event at the CR that ends it, without waiting for an LF`() throws {
    var parser = ServerSentEventParser()
    parser.append("data: 1\r\r".utf8Array.span)
    let step = try parser.next()
    #expect(step != nil)
    parser.append("\ndata: 2\r\n".utf8Array.span)
    #expect(try parser.next() == nil)
  }

  @Test func `keeps the fields it has while a comment stands among them`() {
    let reading = Reading("event: a\n: one\ndata: 1\n:two\ndata: 2\n\n")
    #expect(reading.comments == 2)
    #expect(reading.events.map(\.text) == ["1\n2"])
    #expect(reading.events.map(\.type) == ["a"])
  }

  @Test func `reports a comment when it comes and not with the next event`() throws {
    var parser = ServerSentEventParser()
    parser.append(": still here\n".utf8Array.span)
    #expect(try parser.next() == .comment)
    #expect(try parser.next() == nil)
  }

  @Test(arguments: [
    ("event: a\ndata: 1", ["1"]), ("data: 1\ndata: 2\n", ["1\n2"]), ("data", [""]),
    ("event: a\n", []), (": comment", []), ("data: 1\n\n", []), ("id: 5\nevent: b", []),
    ("data: 1\r", ["1"]), ("data: 1\r\n", ["1"]),
  ])
  func `hands out what stands unterminated at the end, marked, D05`(stream: String, rest: [String])
  {
    let unterminated = Reading(stream).events.filter { !$0.isTerminated }
    #expect(unterminated.map(\.text) == rest)
    #expect(unterminated.allSatisfy { $0.frame == nil })
  }

  @Test func `says nothing more after the end`() throws {
    var parser = ServerSentEventParser()
    parser.append("data: 1".utf8Array.span)
    parser.finish()
    #expect(try parser.next() != nil)
    parser.append("\n\ndata: 2\n\n".utf8Array.span)
    #expect(try parser.next() == nil)
  }

  @Test func `does not commit the id of an event that never ended`() {
    #expect(Reading("id: 1\ndata: a\n\nid: 2\ndata: b").events.map(\.id) == ["1", "1"])
  }

  @Test(arguments: ["data: ", "data: 1\ndata: ", "event: \nid: 1\ndata: 1\ndata: "])
  func `leaves no large room behind once everything was read`(start: String) throws {
    let event = "\(start)\(String(repeating: "x", count: 100_000))\n\n".utf8Array
    var parser = ServerSentEventParser(limit: 1 << 20)
    for _ in 0..<3 {
      parser.append(event.span)
      guard case .event(let read)? = try parser.next() else {
        Issue.record("no event")
        return
      }
      #expect(parser.withEvent(read) { $1.count } >= 100_000)
      #expect(try parser.next() == nil)
      #expect(Mirror.roomHeld(by: parser) <= 4096)
    }
  }

  @Test(arguments: [[0xEF], [0xEF, 0xBB]] as [[UInt8]])
  func `takes half a byte-order mark for what it is, D02`(half: [UInt8]) {
    #expect(Reading([half[...]]).events.isEmpty)
    let stream = half + "data: 1\n\ndata: 2\n\n".utf8Array
    #expect(Reading(stream.bytewise).events.map(\.text) == ["2"])
  }
}

/// D02: a character that chunks split, and one that never was one.
@Suite struct `Server-sent event text` {
  // Each row: what comes in as data, and what the decoder of the encoding standard makes of it.
  @Test(arguments: [
    ([0x61, 0xFF, 0x62] as [UInt8], "a\u{FFFD}b"),
    ([0xC3], "\u{FFFD}"),
    ([0xE2, 0x82, 0x41], "\u{FFFD}A"),
    ([0xF0, 0x9F, 0x92, 0x41], "\u{FFFD}A"),
    ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
    ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ([0xF0, 0x9F, 0x92, 0xA9], "💩"),
  ])
  func `is well-formed UTF-8, whatever came in`(bytes: [UInt8], text: String) {
    let stream = "event: ".utf8Array + bytes + "\ndata: ".utf8Array + bytes + "\n\n".utf8Array
    for chunks in [stream.bytewise, [stream[...]]] + stream.indices.map(stream.split) {
      let event = Reading(chunks).events.first
      #expect(event?.data == text.utf8Array)
      #expect(event?.type == text)
      #expect((event?.frame == nil) == text.contains("\u{FFFD}"))
    }
  }

  @Test func `is repaired across joined data lines`() {
    let stream = "data: a".utf8Array + [0xFF] + "\ndata: b\nevent: t\n\n".utf8Array
    let event = Reading([stream[...]]).events.first
    #expect(event?.text == "a\u{FFFD}\nb")
    #expect(event?.type == "t")
  }
}

extension String {
  var utf8Array: [UInt8] { Array(utf8) }
}

extension Mirror {
  /// The capacity of every byte array within a value, in bytes.
  static func roomHeld(by value: Any) -> Int {
    if let bytes = value as? [UInt8] { return bytes.capacity }
    return Mirror(reflecting: value).children.reduce(0) { $0 + roomHeld(by: $1.value) }
  }
}
