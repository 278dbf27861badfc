/// What several rounds gave: the best, which is what the machine can do when nothing else runs, and
/// the median.
struct Measurement {
  /// What the numbers count.
  enum Unit {
    case bytesPerSecond
    case seconds
    case bytes
  }

  let best: Double
  let median: Double
  let unit: Unit

  /// A speed.
  ///
  /// - Parameters:
  ///   - bytes: How many bytes one round worked on.
  ///   - seconds: How long each round took; at least one.
  init(bytes: Int, seconds: [Double]) {
    let sorted = seconds.sorted()
    best = Double(bytes) / sorted[0]
    median = Double(bytes) / sorted[sorted.count / 2]
    unit = .bytesPerSecond
  }

  /// A duration.
  ///
  /// - Parameters:
  ///   - seconds: How long each round took; at least one.
  ///   - count: How many of what is measured one round holds.
  init(seconds: [Double], count: Int = 1) {
    let sorted = seconds.sorted()
    best = sorted[0] / Double(count)
    median = sorted[sorted.count / 2] / Double(count)
    unit = .seconds
  }

  /// An amount of memory.
  ///
  /// - Parameter bytes: What each round found; at least one.
  init(bytes: [Double]) {
    let sorted = bytes.sorted()
    self.init(best: sorted[0], median: sorted[sorted.count / 2], unit: .bytes)
  }

  private init(best: Double, median: Double, unit: Unit) {
    (self.best, self.median, self.unit) = (best, median, unit)
  }

  /// What is left of a duration when another one is taken off: best from best, median from median.
  func beyond(_ other: Measurement) -> Measurement {
    Measurement(best: best - other.best, median: median - other.median, unit: unit)
  }
}
