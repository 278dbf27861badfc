import JSONText
import Testing
import TransportSDK

@Suite struct `An edit of a body` {
  /// Runs edits over a text, and gives the new text with what was reported.
  private func edit(
    _ text: String, _ parameters: RequestParameters = RequestParameters(),
    _ body: (inout BodyEditor, Span<UInt8>, inout ExchangeDraft) -> Void = { _, _, _ in }
  ) throws -> (text: String, edits: [String], pieces: [JSONRope.Piece]) {
    let bytes = Array(text.utf8)
    let request = TransportRequest(
      operation: .create, members: try JSONText.index(bytes.span).members, parameters: parameters)
    var exchange = ExchangeDraft()
    var editor = try BodyEditor(request, body: bytes.span, into: &exchange)
    body(&editor, bytes.span, &exchange)
    let rope = editor.finish(bytes.span)
    return (
      String(decoding: rope.bytes(of: bytes.span), as: UTF8.self),
      exchange.edits.map { "\($0.source) \($0.action) \($0.offset) \($0.added)" }, rope.pieces
    )
  }

  private func set(_ name: String, _ value: String) -> RequestParameters {
    RequestParameters(sets: [.init(name: name, value: Array(value.utf8))])
  }

  @Test(arguments: ["{}", " { } ", "{\"a\":1e2,\"a\":\"\\u0041\",\n\"b\":[1.0]}\n"])
  func `that does nothing is one range of the input`(_ text: String) throws {
    let result = try edit(text)
    #expect(result.pieces == [.input(0..<text.utf8.count)])
    #expect(result.edits.isEmpty)
  }

  @Test(arguments: [
    ("{}", "{\"a\":9}", "parameter(TransportSDK.ParameterRule.set) add 0 a"),
    (" {\"b\":1}", " {\"b\":1,\"a\":9}", "parameter(TransportSDK.ParameterRule.set) add 1 a"),
    ("{\"a\":[1]}", "{\"a\":9}", "parameter(TransportSDK.ParameterRule.set) replace 5 "),
    (
      "{\"\\u0061\": 1 }", "{\"\\u0061\": 9 }",
      "parameter(TransportSDK.ParameterRule.set) replace 11 "
    ),
  ])
  func `sets a member, wherever it stands`(_ text: String, _ expected: String, _ report: String)
    throws
  {
    let result = try edit(text, set("a", "9"))
    #expect(result.text == expected)
    #expect(result.edits == [report])
  }

  @Test func `sets every duplicate, so that no parser can find the old value`() throws {
    let result = try edit("{\"a\":1,\"b\":2,\"a\":3}", set("a", "9"))
    #expect(result.text == "{\"a\":9,\"b\":2,\"a\":9}")
    #expect(result.edits.count == 2)
  }

  @Test func `removes a member and its duplicates with their commas`() throws {
    for (text, expected) in [
      ("{\"a\":1}", "{}"), ("{\"a\":1,\"b\":2}", "{\"b\":2}"), ("{\"b\":2,\"a\":1}", "{\"b\":2}"),
      ("{\"a\":1,\"b\":2,\"\\u0061\":3}", "{\"b\":2}"), ("{\"b\":2}", "{\"b\":2}"),
    ] {
      let result = try edit(text, RequestParameters(removes: ["a"]))
      #expect(result.text == expected)
      #expect(result.edits.allSatisfy { $0.contains("remove") })
    }
  }

  @Test func `sets, then removes, then limits`() throws {
    let parameters = RequestParameters(
      sets: [
        .init(name: "gone", value: Array("1".utf8)), .init(name: "n", value: Array("99".utf8)),
      ],
      removes: ["gone"], clamps: [.init(name: "n", minimum: nil, maximum: "10")])
    let result = try edit("{\"x\":0}", parameters)
    #expect(result.text == "{\"x\":0,\"n\":10}")
  }

  @Test(
    arguments: [
      ("5", nil, nil, "5"), ("5", "6", nil, "6"), ("5", nil, "4", "4"), ("5", "1", "9", "5"),
      ("-0.5", "0", nil, "0"), ("1e3", nil, "100.0", "100.0"), ("1e999", nil, "7", "7"),
      ("5", "5", "5", "5"), ("\"5\"", "6", nil, "\"5\""), ("null", "6", nil, "null"),
      ("[5]", "6", nil, "[5]"),
    ] as [(String, String?, String?, String)])
  func `limits a number and nothing else`(
    _ value: String, _ minimum: String?, _ maximum: String?, _ expected: String
  ) throws {
    let clamp = RequestParameters.Clamp(name: "n", minimum: minimum, maximum: maximum)
    let result = try edit("{\"n\":\(value)}", RequestParameters(clamps: [clamp]))
    #expect(result.text == "{\"n\":\(expected)}")
    #expect(result.edits.count == (value == expected ? 0 : 1))
  }

  @Test func `does not add a number that is only limited`() throws {
    let clamp = RequestParameters.Clamp(name: "n", minimum: "1", maximum: nil)
    #expect(try edit("{}", RequestParameters(clamps: [clamp])).text == "{}")
  }

  @Test func `sees what was set before it`() throws {
    let result = try edit("{\"a\":1,\"a\":2}", set("new", "3")) { editor, body, exchange in
      #expect(
        editor.field("a", in: body) == .input(JSONValue(kind: .number, range: 11..<12)),
        "the last of duplicates")
      #expect(editor.field("new", in: body) == .literal([UInt8(ascii: "3")]))
      #expect(editor.field("none", in: body) == nil)
      editor.remove("a", because: .rule(0), in: body, into: &exchange)
      #expect(editor.field(named: "a", in: body) == nil)
      editor.set("a", to: [UInt8(ascii: "4")], because: .rule(0), in: body, into: &exchange)
      editor.set("new", to: [UInt8(ascii: "5")], because: .rule(0), in: body, into: &exchange)
      #expect(editor.field(named: "a", in: body) == .literal([UInt8(ascii: "4")]))
    }
    #expect(result.text == "{\"new\":5,\"a\":4}")
  }

  @Test func `inside a member is dropped with that member`() throws {
    let text = "{\"a\":{\"x\":1},\"b\":{\"x\":1}}"
    let result = try edit(text) { editor, body, exchange in
      editor.nested.replace(10..<11, with: Array("7".utf8))
      editor.nested.replace(22..<23, with: Array("8".utf8))
      editor.remove("a", because: .rule(0), in: body, into: &exchange)
    }
    #expect(result.text == "{\"b\":{\"x\":8}}")
  }

  @Test func `writes names as JSON`() throws {
    #expect(try edit("{}", set("a\"\n", "1")).text == "{\"a\\\"\\n\":1}")
  }
}
