import Cassettes
import Testing

@Suite struct `A secret` {
  static let token = "jf-4f7c9a1e22b0"

  @Test func `in a header that carries one is never written`() {
    let headers = [
      "Authorization", "API-Key", "x-api-key", "Cookie", "set-cookie", "proxy-authorization",
      "X-Mine",
    ].map { CassetteHeader($0, "a value") }
    let scrubbed = Scrubber(names: ["x-MINE"]).scrubbed(headers + [.init("accept", "a value")])
    #expect(scrubbed.dropLast().allSatisfy { $0.value == "[scrubbed]" })
    #expect(scrubbed.last?.value == "a value")
  }

  @Test func `in the query of a target is never written`() {
    let scrubber = Scrubber(secrets: [bytes("known")], names: ["key"])
    let scrubbed = scrubber.scrubbed(request(target: "/known?key=a=b&x=1&API-KEY=c&&key&y=known"))
    #expect(
      scrubbed.target == "/[scrubbed]?key=[scrubbed]&x=1&API-KEY=[scrubbed]&&key&y=[scrubbed]")
  }

  @Test func `that is known is replaced wherever it stands`() throws {
    let scrubber = Scrubber(secrets: [bytes(Self.token), []])
    var writer = CassetteWriter(
      request(
        #"{"input":"my token is \#(Self.token)"}"#, target: "/v1/\(Self.token)",
        headers: [.init("x-note", "<\(Self.token)>"), .init("x-\(Self.token)", "1")]),
      scrubber: scrubber)
    let head = CassetteResponse(
      status: 200, headers: [.init("x-echo", Self.token)], time: .zero)
    let file =
      writer.open() + writer.head(head) + writer.write(bytes("a\(Self.token)b"), at: .zero)
      + writer.end(.complete, at: .zero)
    let text = String(decoding: file, as: UTF8.self)
    #expect(!text.contains(Self.token))
    #expect(text.matches(of: /\[scrubbed\]/).count == 6)
    #expect(try Cassette(reading: file, file: "a").body == "a[scrubbed]b")
    #expect(writer.request.body == bytes(#"{"input":"my token is [scrubbed]"}"#))
  }

  @Test(arguments: [
    #"p"w\/<é\#u{1F600}"#,  // as it is
    #"p\"w\\/<é\#u{1F600}"#,  // RFC 8259
    #"p\"w\\\/<é\#u{1F600}"#,  // with the slash escaped
    #"p\"w\\/\u003cé\#u{1F600}"#, #"p\"w\\/\u003Cé\#u{1F600}"#,  // safe in markup
    #"p\"w\\/<\u00e9\ud83d\ude00"#, #"p\"w\\/<\u00E9\uD83D\uDE00"#,  // ASCII alone
    #"p\\\"w\\\\/<é\#u{1F600}"#,  // JSON in JSON
    #"p\\\\\\\"w\\\\\\\\/<é\#u{1F600}"#,  // and once more
    #"p\\\"w\\\\/<\\u00e9\\ud83d\\ude00"#,
    "p%22w%5C%2F%3C%C3%A9%F0%9F%98%80",  // in a URL
  ]) func `is known in every way of writing it`(form: String) {
    let scrubber = Scrubber(secrets: [bytes("p\"w\\/<é\u{1F600}")])
    #expect(scrubber.scrubbed(bytes("a\(form)b")) == bytes("a[scrubbed]b"))
  }

  @Test func `is found at every cut of a stream, and the rest keeps its bytes and times`() throws {
    let text = "data: {\"a\":\"jf-4f\(Self.token)\"}\n\n"
    for first in 1..<text.utf8.count - 1 {
      for second in first + 1..<text.utf8.count {
        let pieces = [
          text.prefix(first), text.dropFirst(first).prefix(second - first), text.dropFirst(second),
        ]
        let file = recorded(
          pieces.enumerated().map { ($0.offset * 10 + 10, String($0.element)) },
          secrets: [Self.token])
        let cassette = try Cassette(reading: file, file: "a")
        #expect(cassette.body == "data: {\"a\":\"jf-4f[scrubbed]\"}\n\n")
        // Each byte that is no secret has the time of its piece.
        let ahead = "data: {\"a\":\"jf-4f".utf8.count
        for write in cassette.writes where write.time == .milliseconds(10) {
          #expect(
            write.text == pieces[0].prefix(ahead) + (first > ahead ? "[scrubbed]" : "")
              + pieces[0].dropFirst(ahead + Self.token.count))
        }
      }
    }
  }

  @Test func `that only seems to begin delays a write by one and moves nothing in time`() throws {
    var writer = CassetteWriter(request(), scrubber: Scrubber(secrets: [bytes(Self.token)]))
    _ = writer.open()
    _ = writer.head(CassetteResponse(status: 200, headers: [], time: .zero))
    #expect(writer.write(bytes("see jf-4"), at: .milliseconds(10)).isEmpty)
    #expect(writer.write(bytes("f7"), at: .milliseconds(20)).isEmpty)
    let lines = writer.write(bytes("0 and on"), at: .milliseconds(30))
    #expect(
      String(decoding: lines, as: UTF8.self) == """
        {"ms":10,"text":"see jf-4"}
        {"ms":20,"text":"f7"}
        {"ms":30,"text":"0 and on"}

        """)
  }

  @Test func `over several writes leaves one mark, where it began`() throws {
    let file = recorded(
      [(10, "a jf-4f7"), (20, "c9a1"), (30, "e22b0 b")], secrets: [Self.token])
    #expect(
      try Cassette(reading: file, file: "a").parts == ["10 a [scrubbed]", "30  b"])
    // Request, head, two writes, end: none that is empty.
    #expect(file.count { $0 == UInt8(ascii: "\n") } == 5)
  }

  @Test(arguments: [
    (["abc", "abcdef"], "xabcdefy", "x[scrubbed]y"),
    (["abc", "abcdef"], "xabcdey", "x[scrubbed]dey"),
    (["abcd", "cdef"], "xabcdefy", "x[scrubbed]y"), (["aba"], "xababay", "x[scrubbed]y"),
    (["aa"], "aaaaa", "[scrubbed]"), (["ab"], "abab", "[scrubbed][scrubbed]"),
    (["abcdef", "cd"], "xabcdefy", "x[scrubbed]y"),
    (["bcd", "abcde"], "abcd", "a[scrubbed]"),
    (["abcx", "bcd"], "abcdabcx", "a[scrubbed][scrubbed]"),
  ]) func `that overlaps another leaves nothing of either, at every cut`(
    secrets: [String], text: String, expected: String
  ) throws {
    #expect(Scrubber(secrets: secrets.map(bytes)).scrubbed(bytes(text)) == bytes(expected))
    for cut in 1..<text.count {
      let pieces = [(10, String(text.prefix(cut))), (20, String(text.dropFirst(cut)))]
      let file = recorded(pieces, secrets: secrets)
      #expect(try Cassette(reading: file, file: "a").body == expected, "\(cut)")
    }
    let single = text.enumerated().map { ($0.offset, String($0.element)) }
    #expect(try Cassette(reading: recorded(single, secrets: secrets), file: "a").body == expected)
  }

  @Test func `inside of which a stream breaks is replaced as far as it came`() throws {
    let begun = String(Self.token.prefix(8))
    let file = recorded([(10, "a \(begun)")], secrets: [Self.token], ending: .cut)
    #expect(try Cassette(reading: file, file: "a").body == "a [scrubbed]")
    let likeness = recorded([(10, "a jf-")], secrets: [Self.token])
    #expect(try Cassette(reading: likeness, file: "a").body == "a jf-")
  }
}
