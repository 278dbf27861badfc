internal import JSONText

/// Tells one encrypted content from another without keeping either.
///
/// FNV-1a, which proves nothing and need not: of what it finds, at most the reasoning of one request
/// goes.
/// - Source: the constants of the 64-bit FNV-1a hash, http://www.isthe.com/chongo/tech/comp/fnv.
enum BlobFingerprint {
  /// How much of the content's end counts, in bytes: ciphertext and seal stand there, and each is
  /// random.
  static let tail = 64
  /// How many bytes the longest escape has.
  private static let longestEscape = 6

  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  /// The hash of a content's end; the same however a client escaped it.
  static func of(_ blob: JSONValue, in text: Span<UInt8>) -> UInt64 {
    let content = blob.range.lowerBound + 1..<blob.range.upperBound - 1
    let end = content.suffix(tail + longestEscape - 1)
    guard !end.contains(where: { text[$0] == UInt8(ascii: "\\") }) else {
      return hash((blob.string(in: text) ?? "").utf8.suffix(tail))
    }
    return content.suffix(tail).reduce(start) { ($0 ^ UInt64(text[$1])) &* prime }
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* prime }
  }
}
