/// What happened in equal stretches of a simulation.
package struct TimeSeries: Sendable, Hashable {
  /// How long each stretch is.
  package let bucket: Duration
  /// For each target, how many calls it began to answer in each stretch, of those it answered to the
  /// end.
  package let served: [[Int]]
  /// How many calls failed in each stretch.
  package let failed: [Int]

  /// Counts the calls of a report.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - bucket: How long a stretch is; above zero.
  package init(_ report: SimulationReport, bucket: Duration) {
    let width = max(bucket, .milliseconds(1))
    let count = max(Int((report.end / width).rounded(.up)), 1)
    var served = report.targets.map { _ in [Int](repeating: 0, count: count) }
    var failed = [Int](repeating: 0, count: count)
    for call in report.calls {
      let place = min(Int((call.arrived + call.latency) / width), count - 1)
      switch call.ending {
      case .served(let target): served[target][place] += 1
      case .failed: failed[place] += 1
      }
    }
    self.bucket = width
    self.served = served
    self.failed = failed
  }

  /// The shortest round time of which so many stretches cover a simulation.
  ///
  /// - Parameters:
  ///   - end: The length of the simulation.
  ///   - most: How many stretches there may be; at least 1.
  /// - Returns: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten, and a hundredth of a second
  ///   at least.
  package static func bucket(for end: Duration, most: Int) -> Duration {
    let steps: [Int64] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80]
    var scale: Int64 = 1
    while scale < 1_000_000_000 {
      for step in steps where Duration.milliseconds(step * scale) * max(most, 1) >= end {
        return .milliseconds(step * scale)
      }
      scale *= 10
    }
    return end
  }
}
