#if Gateway

public import Metrics
import Synchronization

/// Keeps metrics in memory and writes them in Prometheus' text format 0.0.4.
///
/// It is a backend of swift-metrics: counters become `counter`, meters and recorders that do not
/// aggregate `gauge`, recorders that do and timers `histogram`. Names follow OpenTelemetry's rules for
/// Prometheus: what no name may have becomes `_`, units stand in the name, counters end in `_total`.
///
/// A metric keeps at most ``Limits/series`` series. Whatever labels come beyond that are counted in one
/// more, whose values are all `other`, so that no client makes it grow without end. A handle records
/// under a mutex of its own and makes no text; asking for one costs a look into two tables.
///
/// - Source: <https://prometheus.io/docs/instrumenting/exposition_formats/>
public final class PrometheusRegistry: MetricsFactory, Sendable {
  /// What a registry keeps at most.
  public struct Limits: Sendable {
    /// Series a metric, not counting the one for all others.
    public var series: Int
    /// Characters of a label's value; what is longer is cut.
    public var valueLength: Int

    /// States limits; the defaults hold a gateway of a hundred providers with a few models each.
    public init(series: Int = 500, valueLength: Int = 128) {
      self.series = max(1, series)
      self.valueLength = max(8, valueLength)
    }
  }

  /// The media type of ``render()``.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private struct State {
    var families: [String: MetricFamily] = [:]
    /// Names that stand for two kinds, in the order in which that was found.
    var conflicts: [String] = []
  }

  private let limits: Limits
  private let descriptions: [String: MetricDescription]
  private let state = Mutex(State())

  /// An empty registry.
  ///
  /// - Parameters:
  ///   - descriptions: What is known of metrics before they are recorded; of others the name is all
  ///     that is written, and a histogram has ``MetricDescription/standardBuckets``.
  ///   - limits: How much it keeps.
  public init(
    descriptions: [MetricDescription] = CallTelemetry.descriptions, limits: Limits = Limits()
  ) {
    self.limits = limits
    self.descriptions = Dictionary(
      descriptions.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// All metrics as text, sorted by name and then by labels.
  ///
  /// Each histogram is of one moment; two series may be of moments that differ by microseconds.
  public func render() -> String {
    let (families, conflicts) = state.withLock { ($0.families, $0.conflicts) }
    var text = ""
    for (_, family) in families.sorted(by: { $0.key < $1.key }) { family.write(to: &text) }
    for conflict in conflicts { text += "# \(conflict)\n" }
    return text
  }

  /// Keeps at most this many notes on names that stand for two kinds.
  private static let mostConflicts = 16

  private func series(
    _ label: String, _ dimensions: [(String, String)], _ kind: MetricKind, unit: String? = nil
  ) -> MetricSeries {
    let description = descriptions[label] ?? MetricDescription(label, unit: unit)
    let name = description.name(of: kind)
    return state.withLock { state in
      var family =
        state.families[name]
        ?? MetricFamily(name: name, kind: kind, description: description, limits: limits)
      guard family.kind == kind else {
        let note = "\(name) is a \(family.kind.rawValue): recorded nowhere as a \(kind.rawValue)."
        if state.conflicts.count < Self.mostConflicts, !state.conflicts.contains(note) {
          state.conflicts.append(note)
        }
        return MetricSeries(labels: "", kind: kind, buckets: description.buckets)
      }
      let series = family.series(for: dimensions)
      state.families[name] = family
      return series
    }
  }

  private func remove(_ handler: AnyObject) {
    guard let series = handler as? MetricSeries else { return }
    state.withLock { state in
      for name in state.families.keys { state.families[name]?.remove(series) }
    }
  }
}

extension PrometheusRegistry {
  /// The counter with that name and those labels.
  public func makeCounter(
    label: String, dimensions: [(String, String)]
  ) -> any CounterHandler { series(label, dimensions, .counter) }

  /// The counter with that name and those labels, which counts in fractions.
  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler { series(label, dimensions, .counter) }

  /// The gauge with that name and those labels.
  public func makeMeter(
    label: String, dimensions: [(String, String)]
  ) -> any MeterHandler { series(label, dimensions, .gauge) }

  /// The histogram with that name and those labels, or a gauge that shows what was recorded last.
  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler { series(label, dimensions, aggregate ? .histogram : .gauge) }

  /// The histogram of seconds with that name and those labels.
  public func makeTimer(
    label: String, dimensions: [(String, String)]
  ) -> any TimerHandler { series(label, dimensions, .histogram, unit: "s") }

  /// Takes a counter out of the text.
  public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

  /// Takes a counter out of the text.
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
    remove(handler)
  }

  /// Takes a gauge out of the text.
  public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

  /// Takes a histogram out of the text.
  public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

  /// Takes a histogram out of the text.
  public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}

#endif
