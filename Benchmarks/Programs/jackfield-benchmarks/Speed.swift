/// How fast something was over several rounds, in units a second.
struct Speed {
  /// The best round: what the machine can do when nothing else runs.
  let best: Double
  /// The median round.
  let median: Double

  /// - Parameters:
  ///   - units: What one round worked on.
  ///   - seconds: How long each round took; at least one.
  init(units: Double, seconds: [Double]) {
    let sorted = seconds.sorted()
    best = units / sorted[0]
    median = units / sorted[sorted.count / 2]
  }
}
