import AgentHistory
import Foundation
import JSONFuzzing
import JSONText
import Testing

// `jackfield-benchmarks fuzz-json --seconds N` goes on where these stop.
@Suite struct `No bytes crash a parser or a cursor, and two parsers agree on them` {
  private static let small = AgentHistory.body(byteCount: 0, seed: 3)
  private static let dense = utf8(
    #"{"a":[1,-2.5e3,true,false,null,"x\n\"\\é请🦊\u00e9\ud83e\udd8a"],"b":{"c":{},"d":[]}}"#)

  @Test func `rows of every category`() throws {
    for row in Row.valid + Row.acceptedByChoice + Row.invalid { try Exercise.run(on: row.text) }
  }

  @Test func `a text cut at every byte`() throws {
    for text in [Self.dense, Self.small] {
      for count in 0..<text.count {
        let isValid = try Exercise.run(on: Array(text[..<count]))
        #expect(!isValid)
      }
    }
  }

  @Test func `every bit of a text flipped`() throws {
    for offset in Self.dense.indices {
      for bit in 0..<8 {
        var text = Self.dense
        text[offset] ^= 1 << bit
        try Exercise.run(on: text)
      }
    }
  }

  @Test(arguments: [0x00, 0x22, 0x5C, 0x7D, 0xE6] as [UInt8])
  func `every byte of a history replaced`(_ byte: UInt8) throws {
    for offset in Self.small.indices {
      var text = Self.small
      text[offset] = byte
      try Exercise.run(on: text)
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `damaged random texts`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let text = RandomJSON.text(using: &random)
      let isValid = try Exercise.run(on: text)
      #expect(isValid)
      for _ in 0..<8 { try Exercise.run(on: Mutation.damage(text, using: &random)) }
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `runs of quotes and backslashes of every length`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let count = Int.random(in: 0...80, using: &random)
      let content = (0..<count).map { _ in random.pick([#"\"#, #"\"#, "\"", "n", "a", "u0041"]) }
      try Exercise.run(on: utf8(#"["\#(content.joined())",1]"#))
      try Exercise.run(on: utf8(#""\#(content.joined())""#))
    }
  }

  @Test(arguments: [
    Int.min..<Int.max, Int.min..<Int.min, Int.max..<Int.max, -5..<3, 0..<0, 0..<1, 3..<900,
    60..<Int.max, -1..<0,
  ])
  func `ranges that lie anywhere`(_ range: Range<Int>) {
    let text = Self.dense.span
    for kind in [JSONKind.object, .array, .string, .number, .true, .false, .null] {
      let value = JSONValue(kind: kind, range: range)
      let member = JSONMember(key: range, value: value)
      var members = JSONMembers(of: value)
      while members.next(in: text) != nil {}
      var items = JSONItems(of: value)
      while items.next(in: text) != nil {}
      _ = (value.string(in: text), value.integer(in: text), value.isString("a", in: text))
      _ = (value.member("a", in: text), value.value(at: "/a/0", in: text))
      _ = (member.name(in: text), member.isNamed("a", in: text))
      _ = JSONValue(at: range, in: text)
      _ = JSONPointer.path(to: range.lowerBound, in: text)
      var edits = JSONEdits()
      edits.replace(range, with: [1])
      _ = edits.rope(over: text.count).bytes(of: text)
    }
  }
}
