import ServerSentEvents
import Testing

@Suite struct `A frame` {
  @Test(arguments: [
    "event: a\ndata: 1\n\n", "data: 1\n\n", "data: \n\n", "data:  two spaces\n\n",
    "event: a\ndata: 1\ndata: \ndata: 3\n\n",
  ])
  func `is canonical when the serializer would write it so`(stream: String) {
    let event = Reading(stream).events.first
    #expect(event?.frame == (stream == "data: \n\n" ? "data: \n\n" : stream).utf8Array)
  }

  @Test(arguments: [
    "event:a\ndata: 1\n\n", "event: a\ndata:1\n\n", "data\n\n", "data: 1\r\n\r\n", "data: 1\n\r\n",
    "data: 1\r\n\n", "data: 1\r\r", "event: \ndata: 1\n\n", "data: 1\nevent: a\n\n",
    "event: a\nevent: b\ndata: 1\n\n", "event: a\n: c\ndata: 1\n\n", "event: a\ndata: 1\nid: 1\n\n",
    "data: 1\nretry: 1\n\n", "data: 1\nx: 1\n\n", "data: 1\ndata:2\n\n", "data: 1",
  ])
  func `is not canonical when anything about it differs`(stream: String) {
    let event = Reading(stream).events.first
    #expect(event != nil)
    #expect(event?.frame == nil)
  }

  @Test(arguments: [": c\n", "id: 4\n", "\u{FEFF}", "x\n", "\n\n", ": c\n\n", "retry: 5\n"])
  func `starts at its first event or data line`(before: String) {
    let frame = "event: a\ndata: 1\n\n"
    #expect(Reading(before + frame).events.first?.frame == frame.utf8Array)
  }

  @Test(arguments: EventStreamVectors.all)
  func `that is canonical is what the serializer writes for its event`(vector: EventStreamVector) {
    for event in Reading([vector.bytes[...]]).events {
      guard let frame = event.frame, !event.data.isEmpty else { continue }
      var written: [UInt8] = []
      ServerSentEventSerializer.append(
        type: event.type.utf8Array.span, data: event.data.span, to: &written)
      #expect(written == frame)
    }
  }
}
