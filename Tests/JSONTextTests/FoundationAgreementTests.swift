import AgentHistory
import Foundation
import JSONFuzzing
import JSONText
import Testing

@Suite struct `Foundation's parser and JSONText accept the same texts` {
  /// Rows that Foundation decides otherwise, each for a reason that is not a rule of RFC 8259.
  private static let knownDifferences: Set<String> = [
    "structure, byte order mark",  // skipped there, which RFC 8259 section 8.1 lets a parser do
    "structure, UTF-16",  // recognised there, from before RFC 8259
    "array, comma at the end", "object, comma at the end",  // let through by Foundation on Linux
  ]

  @Test(arguments: Row.valid)
  func `on valid rows`(_ row: Row) {
    #expect(foundationAccepts(row.text))
  }

  @Test(arguments: Row.invalid.filter { !knownDifferences.contains($0.name) })
  func `on invalid rows`(_ row: Row) {
    #expect(!foundationAccepts(row.text))
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `on random texts, and on damaged ones but for the differences that are known`(
    _ seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let text = RandomJSON.text(using: &random)
    #expect(accepts(text))
    #expect(foundationAccepts(text))
    for _ in 0..<20 {
      let damaged = Mutation.damage(text, using: &random)
      guard isComparable(damaged) else { continue }
      #expect(accepts(damaged) == foundationAccepts(damaged), "\(damaged.text.debugDescription)")
    }
  }

  @Test(arguments: AgentHistory.Flavour.allCases)
  func `on agent histories, with the same content`(_ flavour: AgentHistory.Flavour) throws {
    let body = AgentHistory.body(byteCount: 100_000, flavour: flavour, seed: 7)
    let index = try JSONText.index(body.span)
    let tree = try JSONSerialization.jsonObject(with: Data(body))
    #expect(try canonical(index.root.tree(in: body.span)) == canonical(tree))
  }

  private func accepts(_ text: [UInt8]) -> Bool {
    (try? JSONText.validate(text.span)) != nil
  }

  private func foundationAccepts(_ text: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)) != nil
  }

  /// Whether both parsers follow the same rules on the text.
  private func isComparable(_ text: [UInt8]) -> Bool {
    // A byte order mark or a NUL makes Foundation guess at UTF-16 and UTF-32.
    let isPlain =
      !text.contains(0) && text.first != 0xEF && text.first != 0xFE && text.first != 0xFF
    // RFC 8259 leaves lone surrogates and the range of numbers open; Foundation refuses them.
    let hasEscapedSurrogate = JSONText.firstLoneSurrogate(in: text.span) != nil
    let hasLongNumber = text.text.contains(/[0-9]{17}|[eE][+-]?[0-9]{3}/)
    let hasCommaAtTheEnd = text.text.contains(/,\s*[\]}]/)
    return isPlain && !hasEscapedSurrogate && !hasLongNumber && !hasCommaAtTheEnd
  }
}
