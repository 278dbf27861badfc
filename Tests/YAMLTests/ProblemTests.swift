import Testing

@testable import YAML

@Suite struct `Problems name the place and the cure` {
  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", "3:1-2 duplicate-key duplicate key \"a\": first written at t.yaml:1:1"),
    ("a: 1\n\"a\": 2", "2:1-4 duplicate-key duplicate key \"a\": first written at t.yaml:1:1"),
    ("a:\n\tb: 1", "2:1-2 tab-indentation a tab cannot indent YAML"),
    ("a:\n  \tb: 1", "2:3-4 tab-indentation a tab cannot indent YAML"),
    ("[a]: 1", "1:1-4 complex-key a key must be a single value"),
    ("a: 1\n---\nb: 2", "2:1-4 multiple-documents a second document starts here; a file holds one"),
    ("a: !secret x", "1:4-11 unsupported-tag the tag !secret is not supported here"),
    ("a: !!int x", "1:4-9 unsupported-tag the tag !!int is not supported here"),
    ("a: !!set {x}", "1:4-9 unsupported-tag the tag !!set is not supported here"),
    ("a: !!map [x]", "1:4-9 unsupported-tag the tag !!map is not supported here"),
    ("a: *b", "1:4-6 unknown-anchor no value before this place is named &b"),
    ("a: &b [*b]", "1:8-10 unknown-anchor *b stands inside the value that &b names"),
    ("<<: 1", "1:5-6 invalid-merge a merge key takes a mapping or a list of mappings"),
    ("a: b: c", "1:5-6 yaml-syntax a mapping cannot start here"),
    ("*: x", "1:1-2 yaml-syntax an unquoted * starts an alias"),
    ("{ *: x }", "1:3-4 yaml-syntax an unquoted * starts an alias"),
    ("{ a: x${B}/c, d: 1 }", "1:6-13 yaml-syntax braces inside { } or [ ] must be quoted"),
    ("a: \"x\nb: 1", "1:4-5 yaml-syntax this quote is never closed"),
    ("a: @x", "1:4-6 yaml-syntax a plain value cannot begin with @"),
    ("a: `x`", "1:4-7 yaml-syntax a plain value cannot begin with `"),
    ("a:\n  b: 1\n c: 2", "3:2-3 yaml-syntax expected a key of the mapping above"),
    ("a: [1, 2", "1:9-9 yaml-syntax expected , or ] in this list"),
    ("a: {b: 1", "1:9-9 yaml-syntax expected , or } in this mapping"),
    ("a: \"\\q\"", "1:5-6 yaml-syntax unknown escape in a double-quoted string"),
    ("a\nb: 1", "2:2-3 yaml-syntax a mapping cannot start here"),
    ("a: 1\nb\n", "3:1-1 yaml-syntax expected : after the key before this place"),
    ("a: - b", "1:4-5 yaml-syntax a list cannot start here"),
    ("a: x\u{7}", "1:5-6 control-character the character U+0007 is not allowed in YAML"),
    ("a: x\u{FEFF}", "1:5-6 control-character the character U+FEFF is not allowed in YAML"),
  ]) func `a broken text has one problem at its place`(text: String, expected: String) {
    #expect(problems(text) == [expected])
  }

  @Test func `duplicates of one file are all reported and the first is kept`() {
    let document = YAMLDocument.read(Array("a: 1\na: 2\nb: {c: 1, c: 2}".utf8), file: "t.yaml")
    #expect(document.problems.map(\.span.start.line) == [2, 3])
    #expect(document.root?.entry("a")?.value.scalar?.text == "1")
    #expect(throws: YAMLError.self) {
      try YAMLDocument.parse(Array("a: 1\na: 2".utf8), file: "t.yaml")
    }
  }

  @Test(arguments: [
    ("a:\n\tb: 1", "a:\n  b: 1"), ("a:\n  \t\tb: 1", "a:\n      b: 1"), ("*: x", "\"*\": x"),
    ("{ a: x${B}/c, d: 1 }", "{ a: \"x${B}/c\", d: 1 }"), ("a: @x", "a: \"@x\""),
  ]) func `a suggestion applied to the text leaves none`(text: String, expected: String) throws {
    let document = YAMLDocument.read(Array(text.utf8), file: "t.yaml")
    let replacement = try #require(document.problems.first?.replacement)
    let corrected = document.source.replacing(replacement.span, with: replacement.text)
    #expect(corrected == expected)
    #expect(problems(corrected).isEmpty)
  }

  @Test(arguments: [
    ([0x61, 0x3A, 0x20, 0xFF, 0x0A], "1:4-5 invalid-utf8 the byte 0xff is not UTF-8 here"),
    ([0x61, 0x0A, 0xC3], "2:1-2 invalid-utf8 the byte 0xc3 is not UTF-8 here"),
    ([0xED, 0xA0, 0x80], "1:1-2 invalid-utf8 the byte 0xed is not UTF-8 here"),
    ([0xEF, 0xBB, 0xBF, 0x61, 0x80], "1:2-3 invalid-utf8 the byte 0x80 is not UTF-8 here"),
    ([0xFF, 0xFE, 0x61, 0x00], "1:1-1 invalid-utf8 the file is UTF-16"),
  ]) func `bytes that are not UTF-8 are refused with their place`(bytes: [UInt8], expected: String)
  {
    #expect(YAMLDocument.read(bytes, file: "t.yaml").problems.map(row) == [expected])
  }

  @Test func `a billion laughs end at the expansion limit`() {
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...20 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(problems(text).count == 1)
    #expect(problems(text).first?.contains("alias-expansion") == true)
  }

  @Test func `nesting beyond the limit is refused, up to the limit it is read`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(problems(nested(64)).isEmpty)
    #expect(
      problems(nested(65)) == ["1:65-66 too-deep lists and mappings are nested deeper than 64"])
    #expect(problems(nested(100_000)).count == 1)
  }

  @Test func `a text beyond the size limit is refused unread`() {
    let document = YAMLDocument.read(
      Array("a: 12345".utf8), file: "t.yaml", limits: YAMLLimits(bytes: 7))
    #expect(document.problems.map(\.reason) == [.tooLarge])
  }

  @Test func `no prefix of a text crashes the reader`() {
    let bytes = Array(
      "a: &x {b: [1, \"é\\n\"], ? c : |\n  t}\n<<: [*x]\nd: !!str >-\n  🙂\n# é\n".utf8)
    for length in 0...bytes.count {
      _ = YAMLDocument.read(Array(bytes.prefix(length)), file: "t.yaml")
      _ = YAMLDocument.read(Array(bytes.suffix(length)), file: "t.yaml")
    }
  }
}
