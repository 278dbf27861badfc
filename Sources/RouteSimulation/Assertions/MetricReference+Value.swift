extension MetricReference {
  /// Its value in a report; nil where there is nothing to measure, such as a time that nobody waited.
  package func value(_ report: SimulationReport) -> MetricValue? {
    switch metric.name {
    case "calls": .count(report.calls.count)
    case "served": .count(sum(report, \.served))
    case "failed": .count(failed(report))
    case "availability": .share(report.served, of: report.calls.count)
    case "share": .share(sum(report, \.served), of: report.served)
    case "attempts": .count(sum(report, \.attempts))
    case "errors": .count(sum(report, \.failed))
    case "retries": .count(report.reasons[.retry, default: 0])
    case "fallbacks": .count(report.reasons[.fallback, default: 0])
    case "waits": .count(report.waits.reduce(0) { $0 + $1.count })
    case "waited": .duration(report.waits.reduce(.zero) { $0 + $1.total })
    case "longest_wait": .duration(report.waits.map(\.longest).max() ?? .zero)
    case "opened": .count(opened(report))
    case "probes": .count(sum(report, \.probes))
    case "busiest": .count(targets(report).map(\.busiest).max() ?? 0)
    case "p50": latency(report, .p50)
    case "p90": latency(report, .p90)
    case "p95": latency(report, .p95)
    case "p99": latency(report, .p99)
    case "max": latency(report, .max)
    default: nil
    }
  }

  private func targets(_ report: SimulationReport) -> [TargetReport] {
    report.names.matching(selection ?? TargetNames.all).map { report.targets[$0] }
  }

  private func sum(_ report: SimulationReport, _ count: (TargetReport) -> Int) -> Int {
    targets(report).reduce(0) { $0 + count($1) }
  }

  private func failed(_ report: SimulationReport) -> Int {
    guard let selection else { return report.failed }
    return FailureCode(rawValue: selection).flatMap { report.failures[$0] } ?? 0
  }

  /// What several targets depend on is opened once for all of them.
  private func opened(_ report: SimulationReport) -> Int {
    let wanted = Set(report.names.matching(selection ?? TargetNames.all))
    return report.changes.count { change in
      guard case .opened = change.kind else { return false }
      return !wanted.isDisjoint(with: change.targets)
    }
  }

  /// Of clients, and of attempts where targets are named.
  private func latency(_ report: SimulationReport, _ share: Percentile) -> MetricValue? {
    guard selection != nil else { return report.latency(share).map(MetricValue.duration) }
    return Samples.merged(targets(report).map(\.firstEvents))[share].map(MetricValue.duration)
  }
}
