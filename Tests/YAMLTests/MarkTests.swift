import Testing

@testable import YAML

@Suite struct `Marks say where a value is written` {
  private func spans(_ text: String) throws -> [String: String] {
    let document = YAMLDocument.read(Array(text.utf8), file: "t.yaml")
    var result: [String: String] = [:]
    for entry in try #require(document.root?.entries) {
      let span = entry.value.span
      result[entry.name] =
        "\(span.start.line):\(span.start.column)-\(span.end.line):\(span.end.column)"
    }
    return result
  }

  @Test func `lines and columns count from 1 and the end is exclusive`() throws {
    #expect(
      try spans("a: one\nb: { c: 1 }\nd: [1,\n  2]\ne: 'x'\nf:\ng: \"y\"") == [
        "a": "1:4-1:7", "b": "2:4-2:12", "d": "3:4-4:5", "e": "5:4-5:7", "f": "6:3-6:3",
        "g": "7:4-7:7",
      ])
  }

  @Test func `columns count Unicode scalars, not bytes`() throws {
    #expect(try spans("\"日本\": x\n🙂é: y") == ["日本": "1:7-1:8", "🙂é": "2:5-2:6"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `every line end counts once, in multi-line scalars too`(end: String) throws {
    let text = ["a: \"x", "  y\"", "b: |", "  1", "  2", "c: p", "  q", "d: z"].joined(
      separator: end)
    let spans = try spans(text)
    #expect(spans["a"] == "1:4-2:5")
    #expect(spans["c"] == "6:4-7:4")
    #expect(spans["d"] == "8:4-8:5")
  }

  @Test func `a byte order mark takes no column`() throws {
    let document = YAMLDocument.read([0xEF, 0xBB, 0xBF] + Array("a: b".utf8), file: "t.yaml")
    #expect(document.root?.entry("a")?.keySpan.start == YAMLMark(line: 1, column: 1))
    #expect(document.source.line(1) == "a: b")
  }

  @Test func `a line separator that YAML 1.2 no longer knows ends no line`() throws {
    #expect(try spans("a: 'x\u{2028}y'\nb: z")["b"] == "2:4-2:5")
  }

  @Test func `a block collection ends with its last value, not with the next line`() throws {
    #expect(
      try spans("a:\n  b: 1\n\n# comment\nc:\n  - x\n  - y\n\nd: 1") == [
        "a": "2:3-2:7", "c": "6:3-7:6", "d": "9:4-9:5",
      ])
  }

  @Test func `an alias has the marks of the value it repeats`() throws {
    #expect(try spans("a: &x {b: 1}\nc: *x") == ["a": "1:4-1:13", "c": "1:4-1:13"])
  }

  @Test func `a span gives its text back`() {
    let source = YAMLDocument.read(Array("a: \"é\"\nb".utf8), file: "t.yaml").source
    let span = YAMLSpan(start: YAMLMark(line: 1, column: 4), end: YAMLMark(line: 1, column: 7))
    #expect(source.text(of: span) == "\"é\"")
    #expect(source.replacing(span, with: "c") == "a: c\nb")
    #expect(source.line(2) == "b")
    #expect(source.line(9).isEmpty)
  }
}
