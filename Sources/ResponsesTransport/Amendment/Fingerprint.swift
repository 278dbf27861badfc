import JSONText

/// Tells one encrypted blob from another without keeping either.
enum Fingerprint {
  /// How much of a blob's end counts, in bytes: ciphertext and seal stand there, and each is random.
  static let tail = 32

  /// FNV-1a of the last bytes of a string, which are hashed as they are written.
  ///
  /// It proves nothing and need not: of what it finds, at most the reasoning of one request goes.
  /// - Source: the constants of the 64-bit FNV-1a hash, http://www.isthe.com/chongo/tech/comp/fnv.
  static func of(_ blob: JSONValue, in text: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    let end = blob.range.upperBound - 1
    for offset in max(blob.range.lowerBound + 1, end - tail)..<end {
      hash = (hash ^ UInt64(text[offset])) &* 0x100_0000_01B3
    }
    return hash
  }

  /// As amendments write it.
  static func text(_ fingerprint: UInt64) -> String { String(fingerprint, radix: 16) }
}
