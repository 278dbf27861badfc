/// A share of samples in tenths of a percent.
package enum Percentile: Int, Sendable, Hashable, CaseIterable {
  /// Half of them.
  case p50 = 500
  /// Nine of ten.
  case p90 = 900
  /// Nineteen of twenty.
  case p95 = 950
  /// Ninety-nine of a hundred.
  case p99 = 990
  /// All of them: the longest.
  case max = 1000
}

/// Durations in order.
struct Samples: Sendable, Hashable {
  private let sorted: [Duration]

  init(_ durations: [Duration]) { sorted = durations.sorted() }

  /// The least sample that such a share of all does not exceed: the nearest rank.
  ///
  /// Nil: there are none.
  subscript(_ share: Percentile) -> Duration? {
    guard !sorted.isEmpty else { return nil }
    let rank = (sorted.count * share.rawValue + 999) / 1000
    return sorted[rank - 1]
  }

  /// Several lists as one.
  static func merged(_ lists: [Samples]) -> Samples { Samples(lists.flatMap(\.sorted)) }
}
