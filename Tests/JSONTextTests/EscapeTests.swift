import AgentHistory
import Foundation
import JSONText
import Testing

@Suite struct `A string is written as JSON` {
  @Test(arguments: [
    ("", #""""#), ("plain", #""plain""#), ("\"\\/", #""\"\\/""#),
    ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
    ("\u{0}\u{1F}\u{0B}", #""\u0000\u001f\u000b""#), ("\u{7F}é请🦊", "\"\u{7F}é请🦊\""),
    ("0123456789abcdef\n0123456789abcdef", #""0123456789abcdef\n0123456789abcdef""#),
  ])
  func `escaping what must be and nothing else`(_ string: String, _ literal: String) {
    #expect(JSONEscape.literal(string).text == literal)
  }

  @Test func `it is appended behind what is there`() {
    var bytes = utf8("[")
    JSONEscape.append("a", to: &bytes)
    #expect(bytes.text == #"["a""#)
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func `Foundation and JSONText read back what was written`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = ["\"", "\\", "\n", "\u{1}", "a", "é", "请", "🦊", "plain words and more of them"]
    let string = (0..<40).map { _ in random.pick(pieces) }.joined()
    let literal = JSONEscape.literal(string)
    let value = try JSONText.validate(literal.span)
    #expect(value.string(in: literal.span) == string)
    #expect(value.range == 0..<literal.count)
    let read = try JSONSerialization.jsonObject(with: Data(literal), options: .fragmentsAllowed)
    #expect(read as? String == string)
  }
}
