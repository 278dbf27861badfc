import Testing

@testable import YAML

@Suite struct `Collections, anchors and merge keys` {
  @Test(arguments: [
    ("", "null"), ("# nothing\n", "null"), ("---\n", "null"), ("--- x\n...\n", "\"x\""),
    ("%YAML 1.2\n---\na: 1", #"{"a":1}"#),
    ("- a\n- [b, {c: d}]\n-\n", #"["a",["b",{"c":"d"}],null]"#),
    ("b: 1\na:\n- x\n- y", #"{"b":1,"a":["x","y"]}"#), ("{a, b: }", #"{"a":null,"b":null}"#),
    ("1: x\ntrue: y\n~: z", #"{"1":"x","true":"y","~":"z"}"#), ("? a\n: b", #"{"a":"b"}"#),
    ("a: &x 1\nb: *x", #"{"a":1,"b":1}"#), ("a: &x 1\nb: &x 2\nc: *x", #"{"a":1,"b":2,"c":2}"#),
    ("&k a: *k", #"{"a":"a"}"#),
  ]) func `block and flow styles give the same values`(text: String, expected: String) throws {
    #expect(try json(text) == expected)
  }

  @Test(arguments: [
    ("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}", #"{"y":3,"x":1}"#),
    ("a: &a {x: 1, y: 2}\nb: {y: 3, <<: *a}", #"{"y":3,"x":1}"#),
    ("a: [&a {x: 1}, &b {x: 2, y: 2}]\nb: {<<: [*a, *b], z: 3}", #"{"z":3,"x":1,"y":2}"#),
    ("b: {\"<<\": 1}", #"{"<<":1}"#),
  ]) func `own keys win over merged ones and earlier mappings over later`(
    text: String, expected: String
  ) throws {
    let node = try YAMLDocument.parse(Array(text.utf8), file: "t.yaml")
    let merged = try #require(node.entry("b")?.value)
    #expect(String(decoding: try merged.json(), as: UTF8.self) == expected)
  }

  @Test func `a merged entry says so and keeps the place of its origin`() throws {
    let node = try YAMLDocument.parse(Array("a: &a\n  x: 1\nb:\n  <<: *a".utf8), file: "t.yaml")
    let entry = try #require(node.entry("b")?.value.entry("x"))
    #expect(entry.isMerged)
    #expect(entry.keySpan.start == YAMLMark(line: 2, column: 3))
  }

  @Test func `strings can be replaced in a whole tree, keys stay`() throws {
    let node = try YAMLDocument.parse(Array("a: [x, 1, {x: x, y: 'k'}]".utf8), file: "t.yaml")
    let replaced = node.replacingStrings { $0.string == "x" ? "z" : nil }
    #expect(
      String(decoding: try replaced.json(), as: UTF8.self) == #"{"a":["z",1,{"x":"z","y":"k"}]}"#)
  }
}
