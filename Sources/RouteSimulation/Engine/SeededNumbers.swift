/// Random numbers that are the same for the same seed, on every machine.
///
/// - Source: SplitMix64, <https://prng.di.unimi.it/splitmix64.c>.
struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Numbers of their own for each list of seeds.
  init(_ seeds: UInt64...) {
    state = 0
    for seed in seeds { state = Self.mix(state &+ 0x9E37_79B9_7F4A_7C15 &+ Self.mix(seed)) }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// From 0 up to 1, without 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Exponentially distributed with the mean 1, exactly and without a logarithm.
  ///
  /// Of a run of falling numbers the first is taken where the run's length is odd; each run that is not
  /// adds 1.
  ///
  /// - Source: J. von Neumann, "Various techniques used in connection with random digits", 1951.
  mutating func exponential() -> Double {
    var whole = 0.0
    while true {
      let first = uniform()
      var last = first
      var isOdd = true
      while true {
        let next = uniform()
        guard next < last else { break }
        last = next
        isOdd.toggle()
      }
      if isOdd { return whole + first }
      whole += 1
    }
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
