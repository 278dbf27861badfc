import JSONText
import Testing

@Suite struct `A text is validated and indexed` {
  @Test func `the root's members are found in the order of the text`() throws {
    let text = Array(#" {"model": "m", "input": [1, {"a": []}], "store": false} "#.utf8)
    let index = try JSONText.index(text.span)
    #expect(index.root.range == 1..<text.count - 1)
    #expect(index.members.map { $0.name(in: text.span) } == ["model", "input", "store"])
    #expect(index.members.map(\.value.kind) == [.string, .array, .false])
    #expect(index.root.value(at: "/input/1/a", in: text.span)?.kind == .array)
    #expect(index.root.member("model", in: text.span)?.string(in: text.span) == "m")
  }
}
