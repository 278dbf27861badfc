import JSONText
import Testing

@Suite struct `A reader` {
  private func text(_ range: Range<Int>, _ bytes: [UInt8]) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  @Test func `enters what is asked for and steps over the rest`() {
    let bytes = Array(#" { "a" : [1, {"b":"]}\""} ,null] , "c":{} }x"#.utf8)
    var reader = JSONReader(at: 1)
    var seen: [String] = []
    #expect(reader.kind(in: bytes.span) == .object)
    reader.enter()
    while let key = reader.nextKey(in: bytes.span) {
      seen.append(text(key, bytes))
      guard reader.kind(in: bytes.span) == .array else {
        seen.append(reader.skip(in: bytes.span).map { text($0.range, bytes) } ?? "-")
        continue
      }
      reader.enter()
      while reader.nextItem(in: bytes.span) {
        seen.append(reader.skip(in: bytes.span).map { text($0.range, bytes) } ?? "-")
      }
    }
    #expect(seen == [#""a""#, "1", #"{"b":"]}\""}"#, "null", #""c""#, "{}"])
    #expect(bytes[reader.offset] == UInt8(ascii: "x"))
  }

  @Test(arguments: ["{}", "[]", "[ ]", "{ }"])
  func `finds nothing in an empty container and stands behind it`(text: String) {
    let bytes = Array(text.utf8)
    var reader = JSONReader(at: 0)
    let isArray = reader.kind(in: bytes.span) == .array
    reader.enter()
    #expect(isArray ? !reader.nextItem(in: bytes.span) : reader.nextKey(in: bytes.span) == nil)
    #expect(reader.offset == bytes.count)
  }

  /// Every prefix of a text, walked to its end: no step may trap or go on for ever.
  @Test func `ends early on a text that was not validated`() {
    let whole = Array(#"{"a":[{"b":"c\"","d":[1,2]},"e"],"f":{"g":null}}"#.utf8)
    for length in 0...whole.count {
      for start in [0, 5, length, length + 3, -1] {
        walk(Array(whole[..<length]), from: start)
      }
    }
    walk(Array(#"{"a" "b":,}]"#.utf8), from: 0)
  }

  private func walk(_ bytes: [UInt8], from start: Int) {
    var reader = JSONReader(at: start)
    var steps = 0
    reader.enter()
    while steps < 100, reader.nextItem(in: bytes.span) {
      steps += 1
      if reader.kind(in: bytes.span) == .object {
        reader.enter()
        while steps < 100, reader.nextKey(in: bytes.span) != nil {
          steps += 1
          guard reader.skip(in: bytes.span) != nil else { break }
        }
      } else if reader.skip(in: bytes.span) == nil {
        break
      }
    }
    #expect(steps < 100)
  }
}
