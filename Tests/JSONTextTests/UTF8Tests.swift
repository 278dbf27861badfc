import AgentHistory
import JSONText
import Testing

@Suite struct `Only well-formed UTF-8 is accepted` {
  /// What the standard library says, and where; its decoder is the reference.
  private func firstDefect(in bytes: [UInt8]) -> Int? {
    var decoder = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }

  private func expectAgreement(
    on content: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = [0x22] + content + [0x22]
    let error = firstDefect(in: text).map { JSONTextError(.invalidUTF8, at: $0) }
    do {
      _ = try JSONText.validate(text.span)
      #expect(error == nil, "accepted \(content)", sourceLocation: sourceLocation)
    } catch {
      #expect(error == self.error(of: text), sourceLocation: sourceLocation)
    }
  }

  private func error(of text: [UInt8]) -> JSONTextError? {
    firstDefect(in: text).map { JSONTextError(.invalidUTF8, at: $0) }
  }

  @Test func `for every pair of bytes`() {
    for first in 0x80...0xFF as ClosedRange<UInt8> {
      for second in 0x80...0xFF as ClosedRange<UInt8> { expectAgreement(on: [first, second]) }
    }
  }

  @Test(arguments: [0, 14, 61, 62, 63, 130])
  func `for every lead byte with the edges of what may follow, anywhere in a block`(_ distance: Int)
  {
    let edges: [UInt8] = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0]
    let front = [UInt8](repeating: 0x61, count: distance)
    let back = [UInt8](repeating: 0x62, count: 150)
    for first in 0xC0...0xFF as ClosedRange<UInt8> {
      for second in edges {
        for third in edges {
          expectAgreement(on: front + [first, second, third, 0x80] + back)
          expectAgreement(on: front + [first, second, third] + back)
        }
      }
    }
  }

  @Test(arguments: 1...16 as ClosedRange<UInt64>)
  func `for long texts of every width with one byte changed`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = [
      "a", "é", "请", "🦊", "plain ASCII that fills more than four blocks of sixteen bytes, ",
    ]
    let text = Array((0..<200).map { _ in random.pick(words) }.joined().utf8)
    expectAgreement(on: text)
    for _ in 0..<50 {
      var changed = text
      let offset = Int.random(in: text.indices, using: &random)
      changed[offset] = UInt8.random(in: 0x80...0xFF, using: &random)
      expectAgreement(on: changed)
    }
    for count in text.count - 70..<text.count { expectAgreement(on: Array(text[..<count])) }
  }
}
