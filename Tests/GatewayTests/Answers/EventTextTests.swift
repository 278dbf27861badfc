#if Gateway
import NIOCore
import Testing

@testable import Gateway
@testable import TransportHost

@Suite struct `An event is written as a server-sent event` {
  private func text(_ type: String, _ data: String) -> String {
    var buffer = ByteBuffer()
    EventText.append(ResponseEvent(type: type, data: Array(data.utf8)), to: &buffer)
    return String(buffer: buffer)
  }

  @Test func `with its type and its data as they are`() {
    #expect(
      text("response.created", #"{"type":"response.created", "a" : "ü\n"}"#)
        == "event: response.created\ndata: {\"type\":\"response.created\", \"a\" : \"ü\\n\"}\n\n")
  }

  @Test func `with the data's type where the stream names none`() {
    #expect(text("", #"{"type":"error"}"#) == "event: error\ndata: {\"type\":\"error\"}\n\n")
    #expect(text("", "[]") == "event: \ndata: []\n\n")
  }

  @Test(arguments: [
    ("{\n}", "{\ndata: }"), ("{\r\n}", "{\ndata: }"), ("{\r}", "{\ndata: }"),
    ("{\n\n\r\r\n}", "{\ndata: \ndata: \ndata: \ndata: }"), ("{}\n", "{}\ndata: "), ("", ""),
  ]) func `each of whose lines is a line of data`(data: String, lines: String) {
    #expect(text("a", data) == "event: a\ndata: \(lines)\n\n")
  }

  @Test func `and a type that holds a line end begins no other field`() {
    let text = text("", #"{"type":"a\r\ndata: evil\n\nevent: b"}"#)
    #expect(text.split(separator: "\n").count == 2)
    #expect(!text.contains("\r"))
  }

  @Test func `one after the other in one buffer`() {
    var buffer = ByteBuffer()
    for type in ["a", "b"] {
      EventText.append(ResponseEvent(type: type, data: Array("1".utf8)), to: &buffer)
    }
    #expect(String(buffer: buffer) == "event: a\ndata: 1\n\nevent: b\ndata: 1\n\n")
  }
}
#endif
