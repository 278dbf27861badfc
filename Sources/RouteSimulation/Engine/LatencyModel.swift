/// How long simulated upstreams take.
///
/// Every time is a median and a factor. The factor follows a lognormal distribution with σ = 0.4 from its
/// table of quantiles, straight in between, and is never below a quarter or above four:
///
/// | share of attempts below | 0 | 0.1 % | 1 % | 5 % | 10 % | 25 % | 50 % | 75 % | 90 % | 95 % | 99 % | 99.9 % | 100 % |
/// |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
/// | factor | 0.25 | 0.29 | 0.394 | 0.518 | 0.599 | 0.764 | 1 | 1.31 | 1.67 | 1.931 | 2.536 | 3.442 | 4 |
///
/// A table needs no exponential, so that the same seed gives the same bytes on every machine.
enum LatencyModel {
  /// The median time from a sent request to the first event.
  ///
  /// Our choice: what models that do not think long take in the median.
  static let firstEvent = Duration.milliseconds(800)
  /// The median time from the first event to the end.
  ///
  /// Our choice: some hundred tokens at a hundred a second.
  static let rest = Duration.seconds(3)
  /// How long an upstream takes to say that it does not answer; our choice.
  static let refusal = Duration.milliseconds(50)
  /// How long a refused connection takes; our choice.
  static let refusedConnection = Duration.milliseconds(5)

  private static let quantiles: [(share: Double, factor: Double)] = [
    (0, 0.25), (0.001, 0.29), (0.01, 0.394), (0.05, 0.518), (0.1, 0.599), (0.25, 0.764), (0.5, 1),
    (0.75, 1.31), (0.9, 1.67), (0.95, 1.931), (0.99, 2.536), (0.999, 3.442), (1, 4),
  ]

  /// The factor below which a share of all attempts lies.
  ///
  /// - Parameter share: From 0 to 1.
  /// - Returns: From 0.25 to 4.
  static func factor(_ share: Double) -> Double {
    let above = quantiles.firstIndex { $0.share >= share } ?? quantiles.count - 1
    guard above > 0 else { return quantiles[0].factor }
    let (low, high) = (quantiles[above - 1], quantiles[above])
    let part = (share - low.share) / (high.share - low.share)
    return low.factor + part * (high.factor - low.factor)
  }

  /// A time at random, to a microsecond.
  static func time(_ median: Duration, _ numbers: inout SeededNumbers) -> Duration {
    let microseconds = Double(median.wholeMilliseconds) * 1000 * factor(numbers.uniform())
    return .microseconds(Int64(microseconds.rounded()))
  }
}
