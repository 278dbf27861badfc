/// How long it takes until what was stored can be read.
struct StorageLag: Sendable {
  private let most: Duration
  private let least: Duration
  private let mostOfWhole: Duration

  /// Between two times, or always the longer one.
  init(_ most: Duration, from least: Duration? = nil, ofWhole: Duration? = nil) {
    self.most = most
    mostOfWhole = ofWhole ?? most
    self.least = least ?? most
  }

  /// One time, drawn evenly; the generator's seed is fixed, so that each run meets the same race.
  func draw(isStreamed: Bool, _ generator: inout SplitMix) -> Duration {
    let most = isStreamed ? most : mostOfWhole
    guard least < most else { return most }
    let span = (most - least).milliseconds
    return least + .milliseconds(Int(generator.next() % UInt64(span + 1)))
  }
}

/// A generator whose numbers look like chance and are the same each time.
///
/// Source: SplitMix64, by Steele, Lea and Flood (2014).
struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64 = 1

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
