import ServerSentEvents
import Testing

@Suite struct `The server-sent event serializer` {
  @Test(arguments: [
    ("a", "1", "event: a\ndata: 1\n\n"), ("", "1", "data: 1\n\n"),
    ("a", "1\n2", "event: a\ndata: 1\ndata: 2\n\n"), ("a", "\n", "event: a\ndata: \ndata: \n\n"),
    ("", "1\r\n2\r3\n\n4", "data: 1\ndata: 2\ndata: 3\ndata: \ndata: 4\n\n"),
    ("", " 1", "data:  1\n\n"), ("", "\u{FEFF}1", "data: \u{FEFF}1\n\n"),
    ("", ": 1", "data: : 1\n\n"),
    ("a", "", ""), ("a\ndata: forged", "1", "data: 1\n\n"), ("a\rb", "1", "data: 1\n\n"),
  ])
  func `writes one canonical form`(type: String, data: String, frame: String) {
    #expect(written(type.utf8Array, data.utf8Array) == frame)
  }

  @Test func `writes well-formed UTF-8`() {
    #expect(written([0x61, 0xFF], [0x62, 0xE2, 0x82]) == "event: a\u{FFFD}\ndata: b\u{FFFD}\n\n")
  }

  @Test func `adds to what is there`() {
    var output = "x".utf8Array
    ServerSentEventSerializer.append(
      type: "".utf8Array.span, data: "1".utf8Array.span, to: &output)
    #expect(output == "xdata: 1\n\n".utf8Array)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `is undone by the parser`(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let alphabet = ["a", ":", " ", "\n", "é", "漢", "data", "event: ", "\u{0}"]
    for _ in 0..<300 {
      let data = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? ""
      }.joined()
      let event = Reading(written("t".utf8Array, data.utf8Array)).events
      #expect(event.map(\.text) == [data])
      #expect(event.first?.frame != nil)
    }
  }

  private func written(_ type: [UInt8], _ data: [UInt8]) -> String {
    var output: [UInt8] = []
    ServerSentEventSerializer.append(type: type.span, data: data.span, to: &output)
    return String(validating: output, as: UTF8.self) ?? "(not UTF-8)"
  }
}
