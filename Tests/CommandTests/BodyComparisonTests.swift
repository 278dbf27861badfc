import Testing

@testable import jackfield

@Suite struct `Two bodies are the same up to reported edits` {
  struct Row: Sendable, CustomTestStringConvertible {
    let before: String
    let after: String
    var edits: [String] = []
    var unexplained: [String] = []
    var testDescription: String { "\(before) → \(after)" }
  }

  static let rows = [
    Row(before: #"{"a":1}"#, after: #"{"a":1}"#),
    Row(before: #"{"a":1}"#, after: #"{ "a" : 1 }"#),
    Row(before: #"{"a":1}"#, after: #"{"a":2}"#, unexplained: ["/a"]),
    Row(before: #"{"a":1}"#, after: #"{"a":2}"#, edits: ["/a"]),
    Row(before: #"{"a":1}"#, after: #"{"a":1.0}"#, unexplained: ["/a"]),
    Row(before: #"{"a":1}"#, after: #"{"a":"1"}"#, unexplained: ["/a"]),
    Row(before: #"{"a":1,"b":2}"#, after: #"{"a":1}"#, unexplained: ["/b"]),
    Row(before: #"{"a":1,"b":2}"#, after: #"{"a":1}"#, edits: ["/b"]),
    Row(before: #"{"a":1}"#, after: #"{"a":1,"b/c":2}"#, unexplained: ["/b~1c"]),
    Row(before: #"{"a":1}"#, after: #"{"a":1,"b/c":2}"#, edits: ["/b~1c"]),
    Row(before: #"{"a":[1,2,3]}"#, after: #"{"a":[1,3]}"#, edits: ["/a/1"]),
    Row(before: #"{"a":[1,2,3]}"#, after: #"{"a":[1,3]}"#, unexplained: ["/a/1", "/a/2"]),
    Row(before: #"{"a":[1]}"#, after: #"{"a":[1,2]}"#, edits: ["/a/1"]),
    Row(before: #"{"a":[1]}"#, after: #"{"a":[1,2]}"#, edits: ["/a/-"]),
    Row(before: #"{"a":[1]}"#, after: #"{"a":[1,2]}"#, unexplained: ["/a/1"]),
    Row(
      before: #"{"a":[{"b":1}]}"#, after: #"{"a":[{"b":1,"type":"message"}]}"#,
      edits: ["/a/0/type"]),
    Row(
      before: #"{"a":[{"b":1}]}"#, after: #"{"a":[{"b":1,"type":"message"}]}"#,
      edits: ["/a/1/type"], unexplained: ["/a/0/type"]),
    Row(before: "", after: "{}", unexplained: [""]),
  ]

  @Test(arguments: rows) func `each other difference is found`(row: Row) {
    let comparison = BodyComparison(
      Array(row.before.utf8), Array(row.after.utf8), edited: row.edits)
    #expect(comparison.unexplained == row.unexplained)
  }
}

@Suite struct `Texts are laid out for people` {
  @Test(
    arguments: [
      (#"{"a":[1,2],"b":{"c":1e5}}"#, 40, [#"{"a": [1, 2], "b": {"c": 1e5}}"#]),
      (
        #"{"a":[1,2],"b":3}"#, 12,
        ["{", #"  "a": ["#, "    1,", "    2", "  ],", #"  "b": 3"#, "}"]
      ),
      ("[ ]", 1, ["[]"]), (#""\u00e9""#, 1, [#""\u00e9""#]), ("no json", 9, ["no json"]),
    ] as [(String, Int, [String])])
  func `JSON keeps its tokens`(text: String, width: Int, lines: [String]) {
    #expect(JSONLayout(Array(text.utf8), width: width).lines == lines)
  }

  @Test func `a very long string shows its beginning and its length`() {
    let text = "\"" + String(repeating: "x", count: 1000) + "\""
    let lines = JSONLayout(Array(text.utf8), width: 80).lines
    #expect(lines.count == 1)
    #expect(lines[0].hasSuffix("x… (1002 bytes)"))
  }

  @Test(arguments: [
    ("a\u{1B}[31mb", "a\u{FFFD}[31mb"), ("a\tb\nc", "a\tb\nc"), ("a\u{9B}b", "a\u{FFFD}b"),
    ("a\u{202E}b", "a\u{FFFD}b"), ("é世界", "é世界"),
  ])
  func `nothing that steers a terminal is left`(text: String, harmless: String) {
    #expect(text.harmless == harmless)
  }

  @Test func `lines are broken at blanks`() {
    #expect("one two three".wrapped(to: 7) == ["one two", "three"])
    #expect("unbreakable x".wrapped(to: 4) == ["unbreakable", "x"])
    #expect("".wrapped(to: 4) == [""])
  }

  @Test(arguments: [
    ("plain-word_1.5", "plain-word_1.5"), ("https://h/v1?a=b", "https://h/v1?a=b"),
    ("true", #""true""#), ("Null", #""Null""#), ("2025-04-01", #""2025-04-01""#),
    ("a b", #""a b""#), ("a: b", #""a: b""#), ("a#b", #""a#b""#), ("", #""""#), ("*", #""*""#),
    ("key:", #""key:""#), (#"say "x""#, #""say \"x\"""#),
  ])
  func `a YAML scalar is plain only where it cannot be misread`(text: String, scalar: String) {
    #expect(ProviderText.scalar(text) == scalar)
  }

  @Test(arguments: [
    ("https://h/v1?a=1&b=2", "https://H:443/v1?b=2&a=1", true),
    ("http://h/v1", "http://h:80/v1", true), ("https://h/v1", "https://h:80/v1", false),
    ("https://h/v1", "https://h/V1", false), ("https://h/v1?a=1", "https://h/v1", false),
  ])
  func `URLs are compared by what they ask`(left: String, right: String, isSame: Bool) {
    #expect((URLParts(left) == URLParts(right)) == isSame)
  }
}
