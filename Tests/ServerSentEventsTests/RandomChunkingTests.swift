import ServerSentEvents
import Testing

@Suite struct `Random chunkings` {
  private static let fragments: [[UInt8]] =
    [
      "data: ", "data", ":", " ", "\n", "\r", "\r\n", "\n\n", "event: a", "id: 1", "retry: 5", "é",
      "漢",
      "\u{FEFF}", "xyz", "\u{0}", "data: {\"type\":\"x\"}\n\n", ": c\n",
    ].map(\.utf8Array) + [[0xFF], [0xE2, 0x82], [0xF0, 0x9F], [0xEF, 0xBB]]

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `of random streams change nothing`(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let stream = (0..<200).flatMap { _ in Self.fragments.randomElement(using: &generator) ?? [] }
    let whole = Reading([stream[...]])
    for longest in [1, 2, 3, 7, 40, 400] {
      #expect(Reading(stream.cut(upTo: longest, using: &generator)) == whole)
    }
    for event in whole.events {
      #expect(String(validating: event.data, as: UTF8.self) != nil)
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `of random lines change nothing`(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let stream = (0..<200).flatMap { _ in Self.fragments.randomElement(using: &generator) ?? [] }
    let whole = LineReading([stream[...]])
    for longest in [1, 2, 3, 7, 40, 400] {
      #expect(LineReading(stream.cut(upTo: longest, using: &generator)) == whole)
    }
  }
}
