/// A number with what it counts, as an assertion compares it.
package struct MetricValue: Sendable, Hashable {
  /// What numbers count; only those of one kind are compared.
  package enum Kind: String, Sendable, Hashable {
    /// How many.
    case count
    /// A part of a whole.
    case share
    /// A time.
    case duration
  }

  /// What it counts.
  package let kind: Kind
  /// How many, the part of 1, or the seconds.
  package let number: Double

  /// How many of something.
  static func count(_ count: Int) -> MetricValue {
    MetricValue(kind: .count, number: Double(count))
  }

  /// A part of a whole; nil where there is no whole.
  static func share(_ part: Int, of whole: Int) -> MetricValue? {
    whole == 0 ? nil : MetricValue(kind: .share, number: Double(part) / Double(whole))
  }

  /// A time, to a microsecond, so that a literal of the same length is equal.
  static func duration(_ duration: Duration) -> MetricValue {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    return MetricValue(kind: .duration, number: Double(microseconds) / 1e6)
  }
}

extension MetricValue: CustomStringConvertible {
  /// The value for people: `12`, `66.43%`, `1.204 s`, rounded down.
  package var description: String {
    switch kind {
    case .count: Self.text(number, decimals: 0)
    case .share: Self.text(number * 100, decimals: 2) + "%"
    case .duration: Self.text(number, decimals: 3) + "s"
    }
  }

  /// A number that is not negative with at most so many decimals.
  private static func text(_ number: Double, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
    // What a division missed by a hair is not cut off.
    let units = Int((number * Double(scale) + 1e-6).rounded(.down))
    guard units % scale != 0 else { return "\(units / scale)" }
    var digits = String(units % scale)
    while digits.count < decimals { digits = "0" + digits }
    while digits.last == "0" { digits.removeLast() }
    return "\(units / scale).\(digits)"
  }
}
