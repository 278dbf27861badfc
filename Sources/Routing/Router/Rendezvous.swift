/// Finds the same target for the same key wherever it is asked, in proportion to weights.
///
/// Each target draws a number from the key and its own identity, and the greatest wins: where one is
/// taken away, only its own keys go elsewhere.
///
/// - Source: weighted rendezvous hashing,
///   <https://www.snia.org/sites/default/files/SDC15_presentations/dist_sys/Jason_Resch_New_Consistent_Hashings_Rev.pdf>.
package enum Rendezvous {
  /// What a target draws for a key; greater wins.
  package static func score(_ key: UInt64, identity: UInt64, weight: Int) -> Double {
    Double(weight) / -naturalLogarithm(draw(key, identity: identity))
  }

  /// What a target draws for a key, where that is more than another drew.
  ///
  /// Most draw less, and that shows without a logarithm: `-ln d` is at least `1 - d`.
  package static func score(_ key: UInt64, identity: UInt64, weight: Int, above other: Double)
    -> Double?
  {
    let draw = draw(key, identity: identity)
    guard Double(weight) > other * (1 - draw) else { return nil }
    let score = Double(weight) / -naturalLogarithm(draw)
    return score > other ? score : nil
  }

  /// A hash of bytes that is the same in every process: FNV-1a, then mixed.
  ///
  /// - Source: the constants of the 64-bit FNV-1a hash, http://www.isthe.com/chongo/tech/comp/fnv.
  package static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mix(hash)
  }

  /// A number between 0 and 1, and neither of them: 52 bits and a half of the next leave it exact.
  private static func draw(_ key: UInt64, identity: UInt64) -> Double {
    (Double(mix(key ^ mix(identity)) >> 12) + 0.5) * 0x1p-52
  }

  /// - Source: the finalizer of SplitMix64, https://prng.di.unimi.it/splitmix64.c.
  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The logarithm of a number between 0 and 1; the standard library has none.
  ///
  /// `ln m = 2 (z + z³/3 + z⁵/5 + …)` with `z = (m - 1) / (m + 1)`, at most 1/3 for a significand.
  private static func naturalLogarithm(_ number: Double) -> Double {
    let base = (number.significand - 1) / (number.significand + 1)
    let square = base * base
    var (power, sum) = (base, 0.0)
    for step in 0..<12 {
      sum += power / Double(2 * step + 1)
      power *= square
    }
    return 2 * sum + Double(number.exponent) * 0.693_147_180_559_945_3
  }
}
