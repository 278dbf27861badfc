import Testing

@testable import Routing

@Suite struct `A target found again for a key` {
  private static let names = ["eus2", "swe", "oai"]
  private static let weights = [70, 30, 10]

  /// - Source: the definitions of FNV-1a and SplitMix64, written down in another language.
  @Test(
    arguments: [
      ("", 0xC381_7C01_6BA4_FF30), ("a", 0x5F29_C2AA_DD9B_8527),
      ("session-1", 0xDF01_6EFC_657A_36D2), ("Jürgen", 0x0436_82C6_F17D_9BF4),
    ] as [(String, UInt64)])
  func `has a key that is the same in every process`(text: String, key: UInt64) {
    #expect(Rendezvous.key(text.utf8) == key)
  }

  /// - Source: the same, with the logarithm of that language's library.
  @Test(arguments: [
    (1, 0, 112.62455958983914), (2, 0, 77.1905750302178), (3, 0, 129.33875903344583),
    (4, 1, 2181.626968863148), (5, 1, 50.985448561175374), (6, 1, 148.5977141119874),
    (7, 1, 203.65829960951464), (8, 0, 432.76823646809413),
  ])
  func `is the same in every process`(session: Int, target: Int, score: Double) {
    let key = Rendezvous.key("session-\(session)".utf8)
    let scores = zip(Self.names, Self.weights).map {
      Rendezvous.score(key, identity: Rendezvous.key($0.utf8), weight: $1)
    }
    #expect(scores.max() == scores[target])
    #expect(abs(scores[target] / score - 1) < 1e-9)
  }

  @Test func `takes keys in proportion to its weight`() {
    let keys = (0..<20_000).map { Rendezvous.key("session-\($0)".utf8) }
    let counts = keys.reduce(into: [0, 0, 0]) { counts, key in
      counts[winner(key, among: [0, 1, 2])] += 1
    }
    for (count, weight) in zip(counts, Self.weights) {
      #expect(abs(Double(count) / 20_000 - Double(weight) / 110) < 0.01)
    }
  }

  @Test(arguments: [0, 1, 2])
  func `keeps its keys when another one goes`(gone: Int) {
    let others = [0, 1, 2].filter { $0 != gone }
    for number in 0..<2000 {
      let key = Rendezvous.key("session-\(number)".utf8)
      let before = winner(key, among: [0, 1, 2])
      #expect(before == gone || winner(key, among: others) == before)
    }
  }

  @Test func `draws the same with a short cut as without, over 100,000 keys`() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<100_000 {
      let (key, identity) = (generator.next(), generator.next())
      let weight = Int.random(in: 1..<10_000, using: &generator)
      let whole = Rendezvous.score(key, identity: identity, weight: weight)
      let other = whole * Double.random(in: 0.5..<1.5, using: &generator)
      let short = Rendezvous.score(key, identity: identity, weight: weight, above: other)
      guard short == (whole > other ? whole : nil) else {
        Issue.record("\(key), \(identity), \(weight): \(whole), not \(String(describing: short))")
        return
      }
    }
  }

  private func winner(_ key: UInt64, among targets: [Int]) -> Int {
    targets.max { score(key, $0) < score(key, $1) } ?? -1
  }

  private func score(_ key: UInt64, _ target: Int) -> Double {
    Rendezvous.score(
      key, identity: Rendezvous.key(Self.names[target].utf8), weight: Self.weights[target])
  }
}
