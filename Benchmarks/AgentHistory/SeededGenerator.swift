/// Random numbers that a seed repeats: SplitMix64.
///
/// - Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts the sequence that `seed` names.
  ///
  /// - Parameter seed: Any number.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next number of the sequence.
  ///
  /// - Returns: Any number, each as likely as every other.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SeededGenerator {
  /// Takes one element.
  ///
  /// - Parameter choices: At least one element.
  /// - Returns: An element, each as likely as every other.
  package mutating func pick<Choices: RandomAccessCollection>(
    _ choices: Choices
  ) -> Choices.Element where Choices.Index == Int {
    choices[Int.random(in: choices.startIndex..<choices.endIndex, using: &self)]
  }
}
