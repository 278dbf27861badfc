@testable import Cassettes
import Testing

@Suite struct `A request is answered by the recording` {
  private func library(
    _ bodies: [String], _ change: (inout CassetteLibrary.Rules) -> Void = { _ in }
  ) -> CassetteLibrary {
    var rules = CassetteLibrary.Rules()
    change(&rules)
    return CassetteLibrary(
      bodies.enumerated().map { cassette(request($0.element), file: "\($0.offset + 1)") },
      rules: rules)
  }

  static let equal: [(String, String)] = [
    (#"{"a":1,"b":[true,null]}"#, #" { "b" : [ true , null ] , "a" : 1 } "#),
    (#"{"a":"é/\n"}"#, #"{"a":"\u00e9\/\u000a"}"#), (#"{"a":"\ud83d\ude00"}"#, #"{"a":"😀"}"#),
    (#"{"a":1}"#, #"{"a":1.0}"#), (#"{"a":1500}"#, #"{"a":1.5e3}"#), (#"[0.10]"#, #"[1E-1]"#),
    (#"[-0]"#, #"[0.0e7]"#), (#"{"a":2,"a":1}"#, #"{"a":1}"#), (#"{"\u0061":1}"#, #"{"a":1}"#),
    (#"[12345678901234567890123]"#, #"[12345678901234567890123.0]"#), ("", ""), ("x", "x"),
    (#"{"z":{"y":1,"x":2},"a":[]}"#, #"{"a":[],"z":{"x":2,"y":1}}"#),
  ]
  static let different: [(String, String)] = [
    (#"{"a":1}"#, #"{"a":"1"}"#), (#"[1,2]"#, #"[2,1]"#), (#"{"a":null}"#, #"{}"#),
    (#"[1]"#, #"[-1]"#), (#"[12345678901234567890123]"#, #"[12345678901234567890124]"#),
    (#"{"a":"é"}"#, "{\"a\":\"e\u{301}\"}"), ("x", "x "), ("[10]", "[1]"), ("[0.1]", "[1]"),
    (#"{"é":1}"#, "{\"e\u{301}\":1}"), ("", "{}"),
  ]

  @Test(arguments: equal) func `of the same JSON, however it is written`(
    one: String, other: String
  ) throws {
    var library = library([one])
    #expect(try library.match(request(other)).file == "1")
  }

  @Test(arguments: different) func `of no other JSON`(one: String, other: String) {
    var library = library([one])
    #expect(throws: CassetteMismatch.self) { try library.match(request(other)) }
  }

  @Test(arguments: equal.filter { $0.0 != $0.1 })
  func `of the same bytes alone, where it is strict`(one: String, other: String) throws {
    var library = library([one]) { $0.isStrict = true }
    #expect(throws: CassetteMismatch.self) { try library.match(request(other)) }
    #expect(try library.match(request(one)).file == "1")
  }

  @Test func `of the same method and target`() {
    var library = library(["{}"])
    #expect(throws: CassetteMismatch.self) { try library.match(request("{}", method: "PUT")) }
    #expect(throws: CassetteMismatch.self) {
      try library.match(request("{}", target: "/v1/responses?x"))
    }
  }

  @Test func `whose volatile members are others`() throws {
    let body = #"{"prompt_cache_key":"1","input":[{"id":"a","x":1}],"metadata":{"id":"b"}}"#
    let other = #"{"input":[{"x":1,"id":"c"}],"metadata":{"id":"d"},"client_metadata":{"n":1}}"#
    var standard = library([body])
    #expect(throws: CassetteMismatch.self) { try standard.match(request(other)) }
    for members in [["id"], ["/input/*/id", "/metadata/id"], ["/input/0/id", "/*/id"]] {
      var library = library([body]) {
        $0.volatile = VolatileMembers(members + ["/prompt_cache_key", "/client_metadata"])
      }
      #expect(try library.match(request(other)).file == "1")
    }
    var library = library([body]) { $0.volatile = VolatileMembers(["id"]) }
    #expect(throws: CassetteMismatch.self) { try library.match(request(other)) }
  }

  @Test func `whose volatile member has a slash or a tilde in its name`() throws {
    var library = library([#"{"a/b~1":1}"#]) { $0.volatile = VolatileMembers(["/a~1b~01"]) }
    #expect(try library.match(request("{}")).file == "1")
  }

  @Test func `that is the next of the same ones, and the last only on demand again`() throws {
    let bodies = [#"{"a":1}"#, #"{"b":1}"#, #"{ "a": 1 }"#]
    var once = library(bodies)
    #expect(try once.match(request(bodies[0])).file == "1")
    #expect(once.unserved.map(\.file) == ["2", "3"])
    #expect(try once.match(request(bodies[0])).file == "3")
    let error = #expect(throws: CassetteMismatch.self) { try once.match(request(bodies[0])) }
    #expect(error?.reason == .exhausted(count: 2))
    #expect(error?.code == "recording_exhausted")
    #expect(error?.description.hasPrefix("the request was recorded 2 times") == true)
    #expect(try once.match(request(bodies[1])).file == "2")
    var repeating = library(bodies) { $0.repeatsLast = true }
    let files = try (0..<4).map { _ in try repeating.match(request(bodies[0])).file }
    #expect(files == ["1", "3", "3", "3"])
  }

  @Test func `whose secret was another`() throws {
    let recorded = Scrubber(secrets: [bytes("token-1")]).scrubbed(request(#"["token-1"]"#))
    var library = CassetteLibrary(
      [cassette(recorded)], scrubber: Scrubber(secrets: [bytes("token-2")]))
    #expect(throws: Never.self) { try library.match(request(#"["token-2"]"#)) }
  }
}

@Suite struct `A request that no recording answers` {
  private func mismatch(
    _ recorded: [String], _ body: String, isStrict: Bool = false
  ) throws -> CassetteMismatch {
    var rules = CassetteLibrary.Rules()
    rules.isStrict = isStrict
    var library = CassetteLibrary(
      recorded.enumerated().map { cassette(request($0.element), file: "\($0.offset + 1).jsonl") },
      rules: rules)
    return try #require(
      #expect(throws: CassetteMismatch.self) { try library.match(request(body)) })
  }

  static let rows: [(String, String, String, String?, String?)] = [
    (#"{"b":1,"a":{"x":[1,2]}}"#, #"{"a":{"x":[1,3]},"b":1}"#, "/a/x/1", "2", "3"),
    (#"{"a":1}"#, #"{"a":1,"b":{}}"#, "/b", nil, "{}"),
    (#"{"a":1,"b":2}"#, #"{"b":2}"#, "/a", "1", nil),
    (#"[1]"#, #"[1,2]"#, "/1", nil, "2"), (#"[1,2]"#, #"[1]"#, "/1", "2", nil),
    (#"{"a/b":{"c~":1}}"#, #"{"a/b":{"c~":2}}"#, "/a~1b/c~0", "1", "2"),
    (#"{"a":15000}"#, #"{"a":1.50}"#, "/a", "15000", "15e-1"),
    (#"{"a":[]}"#, #"{"a":{}}"#, "/a", "[]", "{}"), (#"[]"#, #"{}"#, "", "[]", "{}"),
    (#"{"a":1,"c":1}"#, #"{"b":1,"c":1}"#, "/a", "1", nil),
  ]

  @Test(arguments: rows) func `is told where it differs first`(
    recorded: String, body: String, pointer: String, expected: String?, got: String?
  ) throws {
    let error = try mismatch([recorded], body)
    #expect(
      error.reason
        == .body(CassetteDifference(place: .pointer(pointer), expected: expected, got: got)))
    #expect(error.param == (pointer.isEmpty ? nil : pointer))
    #expect(error.code == "no_recording")
  }

  @Test func `is told so in one sentence, with the nearest file and a cure`() throws {
    let history = #"{"role":"user","content":"What is the weather in Coalbrookdale?"}"#
    let error = try mismatch(
      [
        #"{"model":"m","input":[]}"#, #"{"model":"m","input":[\#(history),{"n":1}]}"#,
        #"{"model":"n","input":[\#(history)]}"#,
      ], #"{"model":"m","input":[\#(history),{"n":2}]}"#)
    #expect(error.nearest == "2.jsonl")
    #expect(
      error.description == """
        no recording has this body; the nearest, 2.jsonl, differs first at /input/1/n: expected 1, \
        got 2. Record again, or ignore the member where it is another at each run.
        """)
  }

  @Test func `is near the recording that shares most with it, not the most members`() throws {
    let long = String(repeating: "z", count: 99)
    let error = try mismatch(
      [#"{"a":1,"b":1,"c":1,"d":1,"e":"x"}"#, #"{"a":2,"b":2,"c":2,"d":2,"e":"\#(long)"}"#],
      #"{"a":1,"b":1,"c":1,"d":1,"e":"\#(long)"}"#)
    #expect(error.nearest == "2.jsonl")
  }

  @Test func `is shown long values from shortly before they differ, and shortened`() throws {
    let same = String(repeating: "é", count: 500)
    let rest = String(repeating: "z", count: 500)
    let error = try mismatch([#"["\#(same)1\#(rest)"]"#], #"["\#(same)2\#(rest)"]"#)
    guard case .body(let difference) = error.reason else { throw error }
    let lead = String(repeating: "é", count: 24)
    let tail = String(repeating: "z", count: 55)
    #expect(difference.expected == "…\(lead)1\(tail)…")
    #expect(difference.got == "…\(lead)2\(tail)…")
  }

  @Test func `is compared with what was not served yet, where there is some`() throws {
    var library = CassetteLibrary([
      cassette(request(#"{"a":1,"long":"equal"}"#), file: "1"),
      cassette(request(#"{"a":2}"#), file: "2"),
    ])
    _ = try library.match(request(#"{"a":1,"long":"equal"}"#))
    let body = request(#"{"a":3,"long":"equal"}"#)
    #expect(#expect(throws: CassetteMismatch.self) { try library.match(body) }?.nearest == "2")
    _ = try library.match(request(#"{"a":2}"#))
    #expect(#expect(throws: CassetteMismatch.self) { try library.match(body) }?.nearest == "1")
  }

  @Test func `and is no JSON is told the byte`() throws {
    #expect(
      try mismatch(["abcd"], "abXd").reason
        == .body(
          CassetteDifference(
            place: .byte(2, isSameJSON: false), expected: "cd", got: "Xd")))
    #expect(
      try mismatch(["ab"], "abX").reason
        == .body(
          CassetteDifference(place: .byte(2, isSameJSON: false), expected: nil, got: "X")))
  }

  @Test func `because it is strict is told that the JSON is the same`() throws {
    let error = try mismatch([#"{"a":1}"#], #"{"a": 1}"#, isStrict: true)
    #expect(
      error.reason
        == .body(
          CassetteDifference(place: .byte(5, isSameJSON: true), expected: "1}", got: " 1}")))
    #expect(error.description.contains("Compare leniently"))
    let key = try mismatch(
      [#"{"prompt_cache_key":"a"}"#], #"{"prompt_cache_key":"b"}"#, isStrict: true)
    #expect(key.param == "/prompt_cache_key")
  }

  @Test func `is told of another method or target`() throws {
    var library = CassetteLibrary([
      cassette(request(target: "/v1/models"), file: "1"), cassette(request(), file: "2"),
    ])
    let other = request(method: "GET")
    let error = #expect(throws: CassetteMismatch.self) { try library.match(other) }
    #expect(
      error?.description == """
        no recording answers GET /v1/responses; the nearest, 2, is of POST /v1/responses. Record \
        this request too.
        """)
    var empty = CassetteLibrary([])
    let none = #expect(throws: CassetteMismatch.self) { try empty.match(other) }
    #expect(none?.reason == .noRecordings)
  }

  @Test func `shows no secret`() throws {
    var library = CassetteLibrary(
      [cassette(request(#"["a"]"#))], scrubber: Scrubber(secrets: [bytes("token-2")]))
    let error = #expect(throws: CassetteMismatch.self) {
      try library.match(request(#"["token-2"]"#))
    }
    #expect(error?.description.contains("token-2") == false)
    #expect(error?.description.contains("[scrubbed]") == true)
  }
}
