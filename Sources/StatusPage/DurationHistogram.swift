/// Counts durations so that percentiles can be told with an error of at most 3.2 %.
///
/// Up to 16 ms every millisecond has a bucket of its own; above, each doubling has 16 of equal width,
/// up to 70 minutes, and what took longer counts as that. Empty, it takes no memory.
struct DurationHistogram: Sendable {
  private static let longest: Int64 = 1 << 22
  private static let bucketCount = 16 + 18 * 16 + 1

  private(set) var total = 0
  private var counts: [UInt32] = []

  mutating func count(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let whole = min(max(0, seconds), Self.longest).multipliedReportingOverflow(by: 1000)
      .partialValue
    count(milliseconds: whole + max(0, attoseconds) / 1_000_000_000_000_000)
  }

  mutating func merge(_ other: DurationHistogram) {
    guard other.total > 0 else { return }
    reserve()
    total += other.total
    for index in other.counts.indices where other.counts[index] > 0 {
      counts[index] &+= other.counts[index]
    }
  }

  /// The duration in milliseconds that this share of all do not exceed; nil where there are none.
  ///
  /// - Parameter share: From 0 to 1.
  /// - Returns: The middle of the bucket that it lies in.
  func percentile(_ share: Double) -> Int64? {
    guard total > 0 else { return nil }
    let rank = max(1, Int((Double(total) * share).rounded(.up)))
    var seen = 0
    for index in counts.indices {
      seen += Int(counts[index])
      if seen >= rank { return Self.middle(of: index) }
    }
    return nil
  }

  private mutating func count(milliseconds: Int64) {
    reserve()
    total += 1
    counts[Self.index(of: min(milliseconds, Self.longest))] &+= 1
  }

  private mutating func reserve() {
    if counts.isEmpty { counts = Array(repeating: 0, count: Self.bucketCount) }
  }

  private static func index(of milliseconds: Int64) -> Int {
    guard milliseconds >= 16 else { return Int(milliseconds) }
    let exponent = 63 - milliseconds.leadingZeroBitCount
    let part = Int(milliseconds >> (exponent - 4)) & 15
    return 16 + (exponent - 4) * 16 + part
  }

  private static func middle(of index: Int) -> Int64 {
    guard index >= 16 else { return Int64(index) }
    let exponent = (index - 16) / 16
    let lowest = Int64(16 + (index - 16) % 16) << exponent
    return lowest + (Int64(1) << exponent) / 2
  }
}
