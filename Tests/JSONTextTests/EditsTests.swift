import AgentHistory
import JSONText
import Testing

@Suite struct `Edits are made at once, whatever their order` {
  private static let text = utf8("0123456789")

  private func edited(_ change: (inout JSONEdits) -> Void) -> String {
    var edits = JSONEdits()
    change(&edits)
    return edits.rope(over: Self.text.count).bytes(of: Self.text.span).text
  }

  @Test func `without edits the rope is the whole input`() {
    #expect(JSONEdits().isEmpty)
    #expect(JSONEdits().rope(over: 10).pieces == [.input(0..<10)])
    #expect(JSONEdits().rope(over: 0).pieces.isEmpty)
  }

  @Test func `what no edit touches stays a range of the input`() {
    var edits = JSONEdits()
    edits.replace(2..<4, with: utf8("ab"))
    edits.insert(utf8("c"), at: 8)
    let rope = edits.rope(over: 10)
    #expect(!edits.isEmpty)
    #expect(
      rope.pieces == [
        .input(0..<2), .literal(utf8("ab")), .input(4..<8), .literal(utf8("c")), .input(8..<10),
      ])
    #expect(rope.count == 11)
  }

  @Test func `edits in any order give the same text`() {
    let changes: [(inout JSONEdits) -> Void] = [
      { $0.replace(1..<3, with: utf8("a")) }, { $0.insert(utf8("b"), at: 5) },
      { $0.replace(7..<8, with: []) }, { $0.insert(utf8("c"), at: 10) },
    ]
    for order in changes.indices.permutations {
      #expect(edited { edits in for index in order { changes[index](&edits) } } == "0a34b5689c")
    }
  }

  @Test func `what lies inside a replaced range is dropped, before and after`() {
    #expect(
      edited {
        $0.replace(2..<8, with: []); $0.replace(3..<4, with: utf8("x"))
      } == "0189")
    #expect(
      edited {
        $0.replace(3..<4, with: utf8("x")); $0.replace(2..<8, with: [])
      } == "0189")
    #expect(
      edited {
        $0.replace(2..<3, with: utf8("x")); $0.replace(2..<8, with: [])
      } == "0189")
    #expect(
      edited {
        $0.replace(7..<8, with: utf8("x")); $0.replace(2..<8, with: [])
      } == "0189")
    #expect(
      edited {
        $0.insert(utf8("x"), at: 5); $0.replace(2..<8, with: [])
      } == "0189")
  }

  @Test func `insertions at the edges of a replaced range stay`() {
    #expect(
      edited {
        $0.insert(utf8("b"), at: 8)
        $0.replace(2..<8, with: utf8("-"))
        $0.insert(utf8("a"), at: 2)
      } == "01a-b89")
  }

  @Test func `of two replacements of one range the later one stands`() {
    #expect(
      edited {
        $0.replace(2..<8, with: utf8("a"))
        $0.replace(2..<8, with: utf8("b"))
      } == "01b89")
  }

  @Test func `of two that overlap the one that starts first stands`() {
    #expect(
      edited {
        $0.replace(4..<8, with: utf8("b"))
        $0.replace(2..<6, with: utf8("a"))
      } == "01a6789")
  }

  @Test func `insertions at one place keep their order`() {
    #expect(
      edited {
        $0.insert(utf8("z"), at: 9)
        for letter in ["a", "b", "c"] { $0.insert(Array(letter.utf8), at: 4) }
      } == "0123abc45678z9")
  }

  @Test func `edits beyond the end are made at the end`() {
    #expect(
      edited {
        $0.insert(utf8("x"), at: 99); $0.replace(8..<99, with: utf8("y"))
      } == "01234567yx")
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `every byte that no edit covers is there, in its order`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = (0..<200).map { UInt8($0) }
    var edits = JSONEdits()
    var isCovered = [Bool](repeating: false, count: text.count)
    for _ in 0..<Int.random(in: 0...20, using: &random) {
      let start = Int.random(in: 0..<190, using: &random)
      let range = start..<start + Int.random(in: 0...10, using: &random)
      edits.replace(range, with: [255])
      for offset in range { isCovered[offset] = true }
    }
    let rope = edits.rope(over: text.count)
    let kept = rope.bytes(of: text.span).filter { $0 != 255 }
    #expect(kept.count == Set(kept).count)
    #expect(kept == kept.sorted())
    for byte in text where !isCovered[Int(byte)] { #expect(kept.contains(byte)) }
    #expect(rope.count == rope.bytes(of: text.span).count)
  }
}

extension Range where Bound == Int {
  /// Every order of the range's numbers.
  var permutations: [[Int]] {
    var orders: [[Int]] = [[]]
    for number in self {
      orders = orders.flatMap { order in
        (0...order.count).map { order[..<$0] + [number] + order[$0...] }
      }
    }
    return orders
  }
}
