package import AgentHistory

/// Damages a text a little, so that it stays close to what a parser nearly accepts.
package enum Mutation {
  private static let tokens = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "0", "-", ".", "e", "\\u", "\\uD800", "\\\\",
    "true", "null", "\u{0}", "\u{1F}", "\n", "ä", "请", "🦊",
  ]

  /// Damages `text` in one to three places.
  ///
  /// - Parameters:
  ///   - text: What to damage.
  ///   - random: Where the choices come from; advanced.
  /// - Returns: The damaged text, by chance still valid or the same.
  package static func damage(_ text: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    var damaged = text
    for _ in 0..<Int.random(in: 1...3, using: &random) { damageOnce(&damaged, using: &random) }
    return damaged
  }

  private static func damageOnce(_ text: inout [UInt8], using random: inout SeededGenerator) {
    guard !text.isEmpty else { return }
    let offset = Int.random(in: 0..<text.count, using: &random)
    switch Int.random(in: 0..<7, using: &random) {
    case 0: text[offset] = UInt8.random(in: .min ... .max, using: &random)
    case 1: text[offset] ^= 1 << UInt8.random(in: 0...7, using: &random)
    case 2: text.remove(at: offset)
    case 3: text.insert(contentsOf: random.pick(tokens).utf8, at: offset)
    case 4: text.removeSubrange(offset...)
    case 5: text.removeSubrange(offset..<min(offset + 9, text.count))
    default: text.insert(contentsOf: text[offset..<min(offset + 9, text.count)], at: offset)
    }
  }
}
