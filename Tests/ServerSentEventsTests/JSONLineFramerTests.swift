import ServerSentEvents
import Testing

@Suite struct `A JSON line framer` {
  @Test(arguments: [
    ("{}\n[]\n", ["{}", "[]"]), ("{}\r\n[]\r\n", ["{}", "[]"]), ("\n \t\r\n{}\n\n\n", ["{}"]),
    ("{}\r[]\n", ["{}\r[]"]), ("\u{FEFF}{}\n", ["{}"]), (" {} \n", [" {} "]), ("", []), ("\r", []),
  ])
  func `hands out lines that are not blank`(stream: String, lines: [String]) {
    let bytes = stream.utf8Array
    for chunks in [[bytes[...]], bytes.bytewise] + bytes.indices.map(bytes.split) {
      #expect(LineReading(chunks).lines == lines)
    }
  }

  @Test func `hands out the last line without its end, marked`() {
    let reading = LineReading(["1\n2".utf8Array[...]])
    #expect(reading.lines == ["1", "2"])
    #expect(reading.terminated == [true, false])
  }

  @Test func `replaces ill-formed UTF-8`() {
    #expect(LineReading([[0x22, 0xFF, 0x22, 0x0A]]).lines == ["\"\u{FFFD}\""])
  }

  @Test func `leaves no large room behind once everything was read`() throws {
    var framer = JSONLineFramer()
    for byte in [0x41, 0xFF] as [UInt8] {
      let line = [UInt8](repeating: byte, count: 100_000) + [0x0A]
      framer.append(line.span)
      #expect(try framer.next() != nil)
      #expect(try framer.next() == nil)
      #expect(Mirror.roomHeld(by: framer) <= 4096)
    }
  }

  @Test func `refuses a line past its limit at every split`() {
    let bytes = "1\n12345\n1\n".utf8Array
    for chunks in [[bytes[...]], bytes.bytewise] + bytes.indices.map(bytes.split) {
      #expect(LineReading(chunks, limit: 5).error == nil)
      #expect(LineReading(chunks, limit: 4).error == .tooLong(limit: 4))
      #expect(LineReading(chunks, limit: 4).lines == ["1"])
    }
  }
}

/// What a framer made of a whole stream.
struct LineReading: Equatable {
  var lines: [String] = []
  var terminated: [Bool] = []
  var error: FramingError?

  init(_ chunks: some Sequence<ArraySlice<UInt8>>, limit: Int = 1 << 20) {
    var framer = JSONLineFramer(limit: limit)
    do {
      for chunk in chunks {
        framer.append(chunk.span)
        try take(from: &framer)
      }
      framer.finish()
      try take(from: &framer)
    } catch {
      self.error = error
    }
  }

  private mutating func take(from framer: inout JSONLineFramer) throws(FramingError) {
    while let line = try framer.next() {
      lines.append(framer.withLine(line) { String(decoding: Array($0), as: UTF8.self) })
      terminated.append(line.isTerminated)
    }
  }
}
