import JSONText
import Testing

@Suite struct `A string is decoded` {
  @Test(arguments: [
    (#""""#, ""), (#""plain""#, "plain"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\u8BF7""#, "Aé请"), (#""\ud83e\uDD8A""#, "🦊"), ("\"请求é🦊\"", "请求é🦊"),
    (#""\u0000""#, "\u{0}"), (#""a\\u0041""#, "a\\u0041"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
  ])
  func `every escape stands for its character`(_ text: String, _ decoded: String) throws {
    let bytes = Array(text.utf8)
    #expect(try JSONText.validate(bytes.span).string(in: bytes.span) == decoded)
  }

  @Test(arguments: [
    (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"), (#""\ud800\u0041""#, "\u{FFFD}A"),
    (#""\ud800\ud83e\udd8a""#, "\u{FFFD}🦊"), (#""\ude00\ud800""#, "\u{FFFD}\u{FFFD}"),
    (#""\ud800\n""#, "\u{FFFD}\n"), (#""\udc00\udc00""#, "\u{FFFD}\u{FFFD}"),
  ])
  func `a surrogate without its partner becomes the replacement character`(
    _ text: String, _ decoded: String
  ) throws {
    let bytes = Array(text.utf8)
    #expect(try JSONText.validate(bytes.span).string(in: bytes.span) == decoded)
    #expect(JSONText.firstLoneSurrogate(in: bytes.span) != nil)
  }

  @Test(
    arguments: [
      (#"["\ud83e\udd8a"]"#, nil), (#"["\\ud800"]"#, nil), (#"["\ud83e\udd8a\ud800"]"#, 14),
      (#"["\n\udc00"]"#, 4), (#"["\udc00\udc00"]"#, 2), (#"["a"]"#, nil),
    ] as [(String, Int?)])
  func `the first lone surrogate is found`(_ text: String, _ offset: Int?) {
    #expect(JSONText.firstLoneSurrogate(in: text.utf8.span) == offset)
  }

  @Test func `comparing decodes as well`() throws {
    let text = utf8(#"["typ\u0065","type","typ","types","\ud83e\udd8a","typ\"e"]"#)
    var items = JSONItems(of: try JSONText.validate(text.span))
    var answers: [Bool] = []
    while let item = items.next(in: text.span) {
      answers.append(item.isString("type", in: text.span))
    }
    #expect(answers == [true, true, false, false, false, false])
    let root = try JSONText.validate(text.span)
    #expect(root.value(at: "/4", in: text.span)?.isString("🦊", in: text.span) == true)
    #expect(root.isString("type", in: text.span) == false)
  }

  @Test func `other kinds are no string`() throws {
    let text = utf8("[1]")
    #expect(try JSONText.validate(text.span).string(in: text.span) == nil)
  }
}

@Suite struct `An integer is read when it is one` {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("16", 16), ("-16", -16), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
      ("99999999999999999999999", nil), ("1.0", nil), ("1e2", nil), ("\"1\"", nil), ("null", nil),
    ] as [(String, Int?)])
  func `exactly or not at all`(_ text: String, _ number: Int?) throws {
    let bytes = Array(text.utf8)
    #expect(try JSONText.validate(bytes.span).integer(in: bytes.span) == number)
  }
}

@Suite struct `A member is found by its decoded name` {
  private static let text = utf8(#"{"a":1,"b\n":2,"\u0061":3,"":4,"a b":5,"é":6,"🦊":7}"#)

  @Test(
    arguments: [
      ("a", "3"), ("b\n", "2"), ("", "4"), ("a b", "5"), ("é", "6"), ("🦊", "7"), ("A", nil),
      ("b", nil), ("b\\n", nil),
    ] as [(String, String?)])
  func `the last of several counts`(_ name: String, _ value: String?) throws {
    let text = Self.text.span
    let found = try JSONText.validate(text).member(name, in: text)
    #expect(found.map { Array(Self.text[$0.range]).text } == value)
  }

  @Test func `a static name finds what a string finds`() throws {
    let text = Self.text.span
    let root = try JSONText.validate(text)
    let scalar: StaticString = "é"
    #expect(root.member("a", in: text) == root.member(String("a"), in: text))
    #expect(root.member(scalar, in: text)?.integer(in: text) == 6)
    #expect(root.member("none", in: text) == nil)
  }

  @Test func `a name is told and compared`() throws {
    let text = Self.text.span
    let members = try JSONText.index(text).members
    #expect(members.map { $0.name(in: text) } == ["a", "b\n", "a", "", "a b", "é", "🦊"])
    #expect(members[1].isNamed("b\n", in: text) == true)
    #expect(members[1].isNamed("b", in: text) == false)
    #expect(members[2].isNamed(String("a"), in: text) == true)
  }

  @Test func `what is no object has no members`() throws {
    let text = utf8("[1]").span
    #expect(try JSONText.validate(text).member("0", in: text) == nil)
  }
}

@Suite struct `A value is named from its place` {
  @Test func `its first byte tells the kind`() {
    let text = utf8(#"{}[]"x"-10true false null"#).span
    let kinds = [0..<2, 2..<4, 4..<7, 7..<10, 10..<14, 15..<20, 21..<25].map {
      JSONValue(at: $0, in: text)?.kind
    }
    #expect(kinds == [.object, .array, .string, .number, .true, .false, .null])
    #expect(JSONValue(at: 14..<15, in: text) == nil)
    #expect(JSONValue(at: 3..<3, in: text) == nil)
    #expect(JSONValue(at: 21..<26, in: text) == nil)
  }
}
