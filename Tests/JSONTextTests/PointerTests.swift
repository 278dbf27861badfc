import JSONText
import Testing

@Suite struct `A pointer names a place` {
  private static let text = utf8(
    #"{"input":[{"type":"message","a/b":1,"m~n":[10,20]},"x"],"":{"":0}, "o" : {} }"#)

  @Test(arguments: [
    ("", "{"), ("/input", "["), ("/input/0/type", "\"message\""), ("/input/0/a~1b", "1"),
    ("/input/0/m~0n/1", "20"), ("/input/1", "\"x\""), ("/", "{"), ("//", "0"), ("/o", "{}"),
  ])
  func `the value is found`(_ pointer: String, _ start: String) throws {
    let text = Self.text.span
    let found = try JSONText.validate(text).value(at: pointer, in: text)
    let value = try #require(found)
    #expect(Array(Self.text[value.range]).text.hasPrefix(start))
  }

  @Test(arguments: [
    "input", "/none", "/input/2", "/input/-", "/input/00", "/input/01", "/input/+1", "/input/-1",
    "/input/99999999999999999999", "/input/", "/input/0/a~2b", "/input/0/a~", "/input/0/type/0",
    "/input/ 0",
  ])
  func `what is not there or malformed is not found`(_ pointer: String) throws {
    let text = Self.text.span
    #expect(try JSONText.validate(text).value(at: pointer, in: text) == nil)
  }

  @Test func `the path to every byte names the innermost value around it`() throws {
    let text = Self.text.span
    let root = try JSONText.validate(text)
    for offset in Self.text.indices {
      let path = JSONPointer.path(to: offset, in: text)
      let found = root.value(at: path, in: text)
      let value = try #require(found)
      // The byte lies in the value, or in its key, and in no value inside of it.
      let isInside = value.range.contains(offset)
      #expect(isInside || key(of: value, contains: offset, in: root), "byte \(offset): \(path)")
    }
  }

  @Test(arguments: [
    (0, ""), (1, "/input"), (9, "/input"), (10, "/input/0"), (11, "/input/0/type"),
    (18, "/input/0/type"), (27, "/input/0"), (50, "/input"), (51, "/input/1"), (-1, ""), (5000, ""),
  ])
  func `the path is exact`(_ offset: Int, _ path: String) {
    #expect(JSONPointer.path(to: offset, in: Self.text.span) == path)
  }

  @Test(arguments: [
    text, utf8(" [] "), utf8("7"), utf8(""), utf8(#"{"a":{},"a":[[],{"b":[1]}]}"#),
    utf8(String(repeating: "[", count: 520) + String(repeating: "]", count: 520)),
  ])
  func `the paths to many places are those to each`(_ text: [UInt8]) {
    let step = text.count / 100 + 1
    let offsets = ([-1, 5000, 0] + stride(from: 0, to: text.count, by: step)).shuffled()
    let paths = JSONPointer.paths(to: offsets, in: text.span)
    let differing = offsets.indices.first {
      paths[$0] != JSONPointer.path(to: offsets[$0], in: text.span)
    }
    #expect(differing.map { offsets[$0] } == nil)
  }

  @Test func `a name is appended with its tildes and slashes escaped`() {
    #expect(JSONPointer.appending("a/b~c", to: "/input/0") == "/input/0/a~1b~0c")
    #expect(JSONPointer.appending("", to: "") == "/")
  }

  private func key(of value: JSONValue, contains offset: Int, in root: JSONValue) -> Bool {
    var open = [root]
    while let container = open.popLast() {
      for member in JSONObjectEdit(container, in: Self.text.span).members {
        if member.value == value {
          return (member.key.lowerBound..<value.range.lowerBound).contains(offset)
        }
        open.append(member.value)
      }
      open += JSONArrayEdit(container, in: Self.text.span).items
    }
    return false
  }
}
