import Cassettes
import Testing

@Suite struct `A recording` {
  @Test func `is lines that are read by people too`() {
    var writer = CassetteWriter(
      request(
        #"{"model":"m","input":"Hé"}"#,
        headers: [.init("Authorization", "Bearer abc"), .init("accept", "*/*")]),
      scrubber: Scrubber())
    var file = writer.open()
    file += writer.head(
      CassetteResponse(
        status: 200, headers: [.init("content-type", "text/event-stream")],
        time: .microseconds(812_250)))
    file += writer.write(bytes("event: a\ndata: {}\n\n"), at: .microseconds(812_251))
    file += writer.write([0xC3], at: .microseconds(900_000))
    file += writer.end(.complete, at: .seconds(2))
    #expect(
      String(decoding: file, as: UTF8.self) == #"""
        {"cassette":1,"method":"POST","target":"/v1/responses","headers":[["authorization","[scrubbed]"],["accept","*/*"]],"body":"{\"model\":\"m\",\"input\":\"Hé\"}"}
        {"ms":812.25,"status":200,"headers":[["content-type","text/event-stream"]]}
        {"ms":812.251,"text":"event: a\ndata: {}\n\n"}
        {"ms":900,"base64":"ww=="}
        {"ms":2000,"end":"complete"}

        """#)
  }

  @Test func `is read as it was written, byte for byte and to the microsecond`() throws {
    var writer = CassetteWriter(
      CassetteRequest(method: "POST", target: "/v1/x?y=1", headers: [], body: [0xFF, 0x00, 0x7F]),
      scrubber: Scrubber())
    let response = CassetteResponse(
      status: 503, headers: [.init("retry-after", "1"), .init("retry-after", "2")],
      time: .microseconds(1))
    var file = writer.open() + writer.head(response)
    var expected: [CassetteWrite] = []
    var state: UInt64 = 7
    for number in 1...300 {
      let count = number % 9 + 1
      let piece = (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(state >> 56)
      }
      expected.append(CassetteWrite(time: .microseconds(number * 1009), bytes: piece))
      file += writer.write(piece, at: .microseconds(number * 1009))
    }
    file += writer.end(.cancelled, at: .seconds(4))
    let cassette = try Cassette(reading: file, file: "a")
    #expect(cassette.request == writer.request)
    #expect(cassette.request.body == [0xFF, 0x00, 0x7F])
    #expect(cassette.response == response)
    #expect(cassette.writes == expected)
    #expect(cassette.ending == .cancelled)
    #expect(cassette.end == .seconds(4))
  }

  @Test func `that has no head is one of a request that was never answered`() throws {
    var writer = CassetteWriter(request(), scrubber: Scrubber())
    let file = writer.open() + writer.end(.cancelled, at: .milliseconds(5))
    let cassette = try Cassette(reading: file, file: "a")
    #expect(cassette.response == nil)
    #expect(cassette.ending == .cancelled)
  }

  @Test func `takes no step out of its turn`() {
    var writer = CassetteWriter(request(), scrubber: Scrubber())
    let head = CassetteResponse(status: 200, headers: [], time: .zero)
    #expect(writer.head(head).isEmpty)
    #expect(writer.write([1], at: .zero).isEmpty)
    #expect(writer.end(.cut, at: .zero).isEmpty)
    #expect(!writer.open().isEmpty)
    #expect(writer.open().isEmpty)
    #expect(writer.write([1], at: .zero).isEmpty)
    #expect(!writer.head(head).isEmpty)
    #expect(writer.head(head).isEmpty)
    #expect(writer.write([], at: .zero).isEmpty)
    #expect(!writer.end(.cut, at: .zero).isEmpty)
    #expect(writer.write([1], at: .zero).isEmpty)
    #expect(writer.end(.cut, at: .zero).isEmpty)
  }

  @Test func `never runs back in time`() throws {
    let cassette = try Cassette(
      reading: recorded([(50, "a"), (20, "b"), (60, "c")]), file: "a")
    #expect(cassette.parts == ["50 a", "50 b", "60 c"])
  }

  @Test func `that was stopped anywhere ends as cut, with what was whole`() throws {
    let file = recorded([(10, "first"), (20, "second")])
    let ends = file.indices.filter { file[$0] == UInt8(ascii: "\n") }
    let whole = try Cassette(reading: file, file: "a")
    for length in (ends[0] + 1)..<file.count {
      let cassette = try Cassette(reading: Array(file.prefix(length)), file: "a")
      // The last line may have lost no more than its line feed.
      let isWhole = length == file.count - 1
      #expect(cassette.ending == (isWhole ? .complete : .cut), "\(length)")
      #expect(whole.writes.starts(with: cassette.writes))
    }
    let stopped = try Cassette(reading: Array(file.prefix(ends[2] + 5)), file: "a")
    #expect(stopped.body == "first")
    #expect(stopped.end == .milliseconds(10))
  }

  @Test func `is read with the line ends of another editor`() throws {
    let text = String(decoding: recorded([(10, "a\nb")]), as: UTF8.self)
    let cassette = try Cassette(
      reading: bytes(text.split(separator: "\n").joined(separator: "\r\n") + "\r\n\r\n"), file: "a")
    #expect(cassette.body == "a\nb")
    #expect(cassette.ending == .complete)
  }
}

@Suite struct `A file that is no recording` {
  static let opening = #"{"cassette":1,"method":"GET","target":"/","headers":[]}"# + "\n"
  static let head = opening + #"{"ms":1,"status":200,"headers":[]}"# + "\n"

  static let rows: [(text: String, message: String)] = [
    ("", "a.jsonl:1: the recording has no whole first line"),
    (#"{"cassette":1,"met"#, "a.jsonl:1: the recording has no whole first line"),
    ("nothing\n", "a.jsonl:1: the line is no JSON: byte 2 of it"),
    ("[1]\n", "a.jsonl:1: the line is no JSON object"),
    ("{}\n", #"a.jsonl:1: the line has no "cassette""#),
    (#"{"cassette":2}"# + "\n", "a.jsonl:1: the recording has version 2, and this program reads 1"),
    (#"{"cassette":1}"# + "\n", #"a.jsonl:1: the line has no "method""#),
    (#"{"cassette":1,"method":3}"# + "\n", #"a.jsonl:1: "method" is not a string"#),
    (
      #"{"cassette":1,"methods":"GET"}"# + "\n", #"a.jsonl:1: a line of this kind has no "methods""#
    ),
    (
      #"{"cassette":1,"method":"GET","target":"/","headers":[["a"]]}"# + "\n",
      #"a.jsonl:1: "headers" is not an array of pairs"#
    ),
    (
      #"{"cassette":1,"method":"GET","target":"/","headers":[],"body":"","body_base64":""}"# + "\n",
      #"a.jsonl:1: "body_base64" cannot stand here: there is "body""#
    ),
    (opening + "nothing\n", "a.jsonl:2: the line is no JSON"),
    (opening + opening, "a.jsonl:2: a request cannot stand here"),
    (opening + #"{"ms":1}"# + "\n", "a.jsonl:2: the line is no head"),
    (opening + #"{"ms":1,"text":"a"}"# + "\n", "a.jsonl:2: a write cannot stand here: no head"),
    (
      opening + #"{"ms":1,"status":20,"headers":[]}"# + "\n", #"a.jsonl:2: "status" is not an HTTP"#
    ),
    (opening + #"{"status":200,"headers":[]}"# + "\n", #"a.jsonl:2: the line has no "ms""#),
    (head + #"{"ms":2,"status":200,"headers":[]}"# + "\n", "a.jsonl:3: a head cannot stand here"),
    (head + #"{"ms":0.5,"text":"a"}"# + "\n", #"a.jsonl:3: "ms" is less than in the line above"#),
    (head + #"{"ms":-1,"text":"a"}"# + "\n", #"a.jsonl:3: "ms" is not a number of milliseconds"#),
    (head + #"{"ms":1e3,"text":"a"}"# + "\n", #"a.jsonl:3: "ms" is not a number of milliseconds"#),
    (head + #"{"ms":"1","text":"a"}"# + "\n", #"a.jsonl:3: "ms" is not a number of milliseconds"#),
    (head + #"{"ms":2,"base64":"a"}"# + "\n", #"a.jsonl:3: "base64" is not base64"#),
    (head + #"{"ms":2,"base64":"a-=="}"# + "\n", #"a.jsonl:3: "base64" is not base64"#),
    (head + #"{"ms":2,"end":"over"}"# + "\n", #"a.jsonl:3: "end" is not one of complete, cut,"#),
    (
      head + #"{"ms":2,"end":"cut"}"# + "\n\n" + #"{"ms":2,"text":"a"}"# + "\n",
      "a.jsonl:5: a line cannot stand here: the recording has ended"
    ),
  ]

  @Test(arguments: rows) func `is refused with line, reason and cure`(
    text: String, message: String
  ) {
    let error = #expect(throws: CassetteError.self) {
      try Cassette(reading: bytes(text), file: "a.jsonl")
    }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasSuffix(".") == true)
  }

  @Test func `never ends the program`() throws {
    let file = recorded([(10, "a\u{0}b"), (20, "é")])
    var state: UInt64 = 11
    for _ in 0..<3000 {
      var damaged = file
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      _ = try? Cassette(reading: damaged, file: "a")
    }
  }
}

@Suite struct `The name of a recording` {
  static let rows = [
    (1, request(), "0001-post-v1-responses.jsonl"),
    (12, request(method: "GET", target: "/v1/models?limit=3"), "0012-get-v1-models.jsonl"),
    (12_345, request(method: "GET", target: "/"), "12345-get.jsonl"),
    (
      2, request(method: "DELETE", target: "/v1/responses/resp_Aé../" + "x".repeated(80)),
      "0002-delete-v1-responses-resp-a-xxxxxxxxxxxxxxxxxxxxx.jsonl"
    ),
  ]

  @Test(arguments: rows) func `has a number and what it is of`(
    number: Int, request: CassetteRequest, name: String
  ) {
    #expect(CassetteFileName.name(number, for: request) == name)
    #expect(CassetteFileName.number(of: name) == number)
  }

  @Test(arguments: ["notes.jsonl", "001-a.jsonl", "0001-a.json", "0001a.jsonl", ""])
  func `is told from other files`(name: String) {
    #expect(CassetteFileName.number(of: name) == nil)
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}

@Suite struct `An answer that is served again` {
  private func recording(
    _ headers: [CassetteHeader], ending: CassetteEnding = .complete, method: String = "POST"
  ) -> Cassette {
    Cassette(
      file: "a", request: request(method: method),
      response: CassetteResponse(status: 200, headers: headers, time: .zero),
      writes: [CassetteWrite(time: .zero, bytes: bytes("abc"))], ending: ending, end: .zero)
  }

  @Test func `has the headers without those of the connection`() {
    let headers = recording([
      .init("Connection", "close"), .init("transfer-encoding", "chunked"), .init("x-a", "1"),
      .init("x-a", "2"),
    ]).headersForReplay
    #expect(headers == [.init("x-a", "1"), .init("x-a", "2")])
  }

  @Test func `has its own length, unless it was cut`() {
    let recorded = [CassetteHeader("Content-Length", "9")]
    #expect(recording(recorded).headersForReplay == [.init("content-length", "3")])
    #expect(recording(recorded, ending: .cut).headersForReplay == recorded)
    #expect(recording(recorded, method: "HEAD").headersForReplay == recorded)
  }

  @Test func `comes when it came, faster or at once`() {
    #expect(ReplayPace.recorded.due(.milliseconds(500)) == .milliseconds(500))
    #expect(ReplayPace.times(4).due(.milliseconds(500)) == .milliseconds(125))
    #expect(ReplayPace.times(0).due(.milliseconds(500)) == .zero)
    #expect(ReplayPace.immediate.due(.milliseconds(500)) == .zero)
  }
}
