import JSONText
import Testing

@Suite struct `A text is accepted when RFC 8259 says so` {
  @Test(arguments: Row.valid)
  func `valid texts are accepted`(_ row: Row) throws {
    _ = try JSONText.validate(row.text.span)
    _ = try JSONText.index(row.text.span)
  }

  @Test(arguments: Row.acceptedByChoice)
  func `big numbers and lone surrogates are accepted`(_ row: Row) throws {
    _ = try JSONText.validate(row.text.span)
    _ = try JSONText.index(row.text.span)
  }

  @Test(arguments: Row.invalid)
  func `invalid texts are refused`(_ row: Row) {
    #expect(throws: JSONTextError.self) { try JSONText.validate(row.text.span) }
    #expect(throws: JSONTextError.self) { try JSONText.index(row.text.span) }
  }

  @Test(arguments: Row.invalid, [1, 15, 16, 17, 63, 64, 65, 200])
  func `invalid texts are refused wherever in a block they stand`(_ row: Row, _ distance: Int) {
    let padding = utf8("[\"\(String(repeating: "p", count: distance))\",")
    let text = padding + row.text + utf8("]")
    #expect(throws: JSONTextError.self) { try JSONText.validate(text.span) }
  }

  @Test func `the root is named without the white space around it`() throws {
    let text = utf8(" \n{\"a\":1}\t")
    #expect(try JSONText.validate(text.span) == JSONValue(kind: .object, range: 2..<9))
  }

  @Test func `the index names the members in the order of the text, duplicates included`() throws {
    let text = utf8(#"{"b":1,"a":[{"x":2}],"b":null}"#)
    let index = try JSONText.index(text.span)
    #expect(index.members.map { $0.name(in: text.span) } == ["b", "a", "b"])
    #expect(index.members.map(\.value.kind) == [.number, .array, .null])
    #expect(index.members[1].key == 7..<10)
    #expect(index.members[1].value.range == 11..<20)
  }

  @Test(arguments: ["[]", "1", "\"a\"", "null", "{}"])
  func `an index of what has no members has none`(_ text: String) throws {
    #expect(try JSONText.index(text.utf8.span).members.isEmpty)
  }
}

@Suite struct `Nesting is limited and never overflows a stack` {
  @Test(arguments: [("[", "]"), (#"{"a":"#, "}")], [1, 2, 64, 65, 128, 129, 512])
  func `as many levels as the limit are accepted and one more is not`(
    _ brackets: (String, String), _ limit: Int
  ) throws {
    func nested(_ depth: Int) -> [UInt8] {
      let open = String(repeating: brackets.0, count: depth)
      let filling = brackets.0 == "[" ? "" : "0"
      return Array((open + filling + String(repeating: brackets.1, count: depth)).utf8)
    }
    _ = try JSONText.validate(nested(limit).span, depthLimit: limit)
    _ = try JSONText.index(nested(limit).span, depthLimit: limit)
    let deeper = nested(limit + 1)
    let error = JSONTextError(.depthLimitExceeded, at: limit * brackets.0.utf8.count)
    #expect(throws: error) { try JSONText.validate(deeper.span, depthLimit: limit) }
    #expect(throws: error) { try JSONText.index(deeper.span, depthLimit: limit) }
  }

  @Test func `a limit of zero allows scalars only`() throws {
    _ = try JSONText.validate(utf8("1").span, depthLimit: 0)
    #expect(throws: JSONTextError(.depthLimitExceeded, at: 0)) {
      try JSONText.index(utf8("{}").span, depthLimit: 0)
    }
  }

  @Test func `a million levels are read when the limit allows them`() throws {
    let depth = 1_000_000
    let text = Array(
      (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    let root = try JSONText.validate(text.span, depthLimit: depth)
    #expect(root.range == 0..<2 * depth)
    var items = JSONItems(of: root)
    #expect(items.next(in: text.span)?.range == 1..<2 * depth - 1)
  }

  @Test func `brackets and braces that alternate are told apart at every depth`() throws {
    let depth = 300
    var text = (0..<depth).map { $0.isMultiple(of: 2) ? "[" : #"{"k":"# }.joined() + "0"
    text += (0..<depth).reversed().map { $0.isMultiple(of: 2) ? "]" : "}" }.joined()
    let bytes = Array(text.utf8)
    _ = try JSONText.validate(bytes.span)
    for offset in (bytes.count - depth)..<bytes.count {
      var swapped = bytes
      swapped[offset] = bytes[offset] == UInt8(ascii: "]") ? UInt8(ascii: "}") : UInt8(ascii: "]")
      #expect(throws: JSONTextError.self) { try JSONText.validate(swapped.span) }
    }
  }
}
