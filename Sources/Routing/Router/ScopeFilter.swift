/// Tells of most keys, without a look-up, that they are not among some; of those that are, and of a few
/// others, that they may be.
///
/// A word of 64 bits settles it for most targets while few keys are in; 64 such words for most keys
/// while a hundred are.
struct ScopeFilter: Sendable {
  /// The bits of all keys that are in, as in ``TargetScopes/bits``.
  private(set) var bits: UInt64 = 0
  private var words = [UInt64](repeating: 0, count: ScopeKey.wordCount)

  mutating func insert(_ key: ScopeKey) {
    bits |= key.bit
    words[key.word] |= key.bit
  }

  mutating func removeAll() {
    bits = 0
    for word in words.indices { words[word] = 0 }
  }

  func mayContain(_ key: ScopeKey) -> Bool { words[key.word] & key.bit != 0 }
}
