import JSONText
import Testing

@Suite struct `Cursors step through a container` {
  private static let text = utf8(#" [ {"a":1, "b":[{}] } , 2,{},[ ],"}" , { } ,{"c":"]\\"}] "#)

  @Test func `items come in their order`() throws {
    let text = Self.text.span
    var items = JSONItems(of: try JSONText.validate(text))
    var found: [String] = []
    while let item = items.next(in: text) { found.append(Array(Self.text[item.range]).text) }
    #expect(
      found == [#"{"a":1, "b":[{}] }"#, "2", "{}", "[ ]", #""}""#, "{ }", #"{"c":"]\\"}"#])
    let isAtTheEnd = items.next(in: text) == nil
    #expect(isAtTheEnd)
  }

  @Test func `members can be noted on the way`() throws {
    let text = Self.text.span
    let root = try JSONText.validate(text)
    var plain = JSONItems(of: root)
    var noting = JSONItems(of: root)
    var members = [JSONMember(key: 0..<1, value: root)]
    while let item = plain.next(in: text) {
      let noted = noting.next(in: text, members: &members)
      #expect(noted == item)
      #expect(members == JSONObjectEdit(item, in: text).members)
    }
    let isAtTheEnd = noting.next(in: text, members: &members) == nil
    #expect(isAtTheEnd)
    #expect(members.isEmpty)
  }

  @Test func `both ways of stepping can take turns`() throws {
    let text = Self.text.span
    var items = JSONItems(of: try JSONText.validate(text))
    var members: [JSONMember] = []
    _ = items.next(in: text, members: &members)
    #expect(items.next(in: text)?.kind == .number)
    #expect(items.next(in: text, members: &members)?.kind == .object)
    #expect(items.next(in: text)?.kind == .array)
  }

  @Test(arguments: [JSONKind.object, .string, .number, .null])
  func `what is no array has no items`(_ kind: JSONKind) {
    let text = utf8("[1,2]").span
    var items = JSONItems(of: JSONValue(kind: kind, range: 0..<5))
    let isAtTheEnd = items.next(in: text) == nil
    #expect(isAtTheEnd)
  }

  @Test(arguments: [
    #"[{"a":1,}]"#, #"[{"a":1]"#, "[{,}]", #"[{"a"}]"#, #"[{"a":}]"#, "[{]", #"[{"a":1 2}]"#,
  ])
  func `a broken object ends the steps`(_ text: String) {
    let bytes = utf8(text)
    var items = JSONItems(of: JSONValue(kind: .array, range: 0..<bytes.count))
    var members: [JSONMember] = []
    for _ in 0..<2 {
      let isAtTheEnd = items.next(in: bytes.span, members: &members) == nil
      #expect(isAtTheEnd)
    }
  }
}
