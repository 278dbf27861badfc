#if Gateway

import Metrics
import Synchronization

/// The values of one name with one set of labels, and the handle that they are recorded through.
final class MetricSeries: Sendable {
  /// The labels as they stand between the braces.
  let labels: String

  private struct Values {
    /// Of a counter or a gauge.
    var number = 0.0
    /// Of a histogram: how many fell into each bucket, the last without a bound.
    var counts: [UInt64]
    var sum = 0.0
  }

  private let kind: MetricKind
  private let buckets: [Double]
  private let values: Mutex<Values>

  init(labels: String, kind: MetricKind, buckets: [Double]) {
    (self.labels, self.kind) = (labels, kind)
    self.buckets = kind == .histogram ? buckets : []
    values = Mutex(Values(counts: Array(repeating: 0, count: self.buckets.count + 1)))
  }

  func write(_ name: String, to out: inout String) {
    guard kind == .histogram else {
      let number = values.withLock { $0.number }
      out += labels.isEmpty ? name : "\(name){\(labels)}"
      out += " \(MetricNumber.text(number))\n"
      return
    }
    let (counts, sum) = values.withLock { ($0.counts, $0.sum) }
    let first = labels.isEmpty ? "\(name)_bucket{" : "\(name)_bucket{\(labels),"
    var count: UInt64 = 0
    for (index, part) in counts.enumerated() {
      count += part
      let bound = index < buckets.count ? MetricNumber.text(buckets[index]) : "+Inf"
      out += "\(first)le=\"\(bound)\"} \(count)\n"
    }
    let braces = labels.isEmpty ? "" : "{\(labels)}"
    out += "\(name)_sum\(braces) \(MetricNumber.text(sum))\n"
    out += "\(name)_count\(braces) \(count)\n"
  }

  /// Where a value belongs: the first bucket whose bound is not below it.
  private func bucket(of value: Double) -> Int {
    var (low, high) = (0, buckets.count)
    while low < high {
      let middle = (low + high) / 2
      if buckets[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func observe(_ value: Double) {
    // One that is no number, or without end, would spoil the sum for ever.
    guard value.isFinite else { return }
    let bucket = bucket(of: value)
    values.withLock { values in
      values.counts[bucket] += 1
      values.sum += value
    }
  }
}

extension MetricSeries: CounterHandler, FloatingPointCounterHandler {
  func increment(by amount: Int64) { increment(by: Double(amount)) }

  /// A counter never falls, so that a negative amount is nothing; a gauge may.
  func increment(by amount: Double) {
    guard kind == .gauge || amount > 0 else { return }
    values.withLock { $0.number += amount }
  }

  func reset() { values.withLock { $0.number = 0 } }
}

extension MetricSeries: MeterHandler {
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { values.withLock { $0.number = value } }
  func decrement(by amount: Double) { increment(by: -amount) }
}

extension MetricSeries: RecorderHandler {
  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    if kind == .histogram { observe(value) } else { set(value) }
  }
}

extension MetricSeries: TimerHandler {
  func recordNanoseconds(_ duration: Int64) { observe(Double(duration) / 1e9) }

  /// Nothing: Prometheus' base unit is the second.
  func preferDisplayUnit(_ unit: TimeUnit) {}
}

/// Writes numbers as Prometheus reads them.
enum MetricNumber {
  static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    guard value == value.rounded(), abs(value) < 0x1p53 else { return "\(value)" }
    return "\(Int64(value))"
  }
}

#endif
