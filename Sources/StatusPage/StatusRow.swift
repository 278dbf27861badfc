/// What happened in ten seconds, or in several times ten.
struct StatusRow: Sendable {
  struct Tally: Sendable, Hashable {
    var calls = 0
    var failures = 0
  }

  /// How many targets a row tells apart.
  static let targetCount = 64

  var calls = 0
  var failures = 0
  var inputTokens: Int64 = 0
  var outputTokens: Int64 = 0
  /// The most that were open at once.
  var streams = 0
  var durations = DurationHistogram()
  var firstEvents = DurationHistogram()
  /// By ``TargetStatus/key(provider:target:)``.
  var targets: [String: Tally] = [:]

  mutating func count(_ call: EndedCall) {
    calls += 1
    if call.isFailed { failures += 1 }
    inputTokens = inputTokens.adding(call.inputTokens)
    outputTokens = outputTokens.adding(call.outputTokens)
    // Errors are fast or time out: they would say nothing of how long an answer takes.
    if !call.isFailed {
      durations.count(call.duration)
      if let firstEvent = call.firstEvent { firstEvents.count(firstEvent) }
    }
    guard let provider = call.provider else { return }
    let key = TargetStatus.key(provider: provider, target: call.target ?? "")
    guard targets[key] != nil || targets.count < Self.targetCount else { return }
    targets[key, default: Tally()].calls += 1
    if call.isFailed { targets[key, default: Tally()].failures += 1 }
  }

  mutating func merge(_ row: StatusRow) {
    calls += row.calls
    failures += row.failures
    inputTokens = inputTokens.adding(row.inputTokens)
    outputTokens = outputTokens.adding(row.outputTokens)
    streams = max(streams, row.streams)
    durations.merge(row.durations)
    firstEvents.merge(row.firstEvents)
    for (key, tally) in row.targets {
      targets[key, default: Tally()].calls += tally.calls
      targets[key, default: Tally()].failures += tally.failures
    }
  }
}

extension Int64 {
  /// The sum, as far as 64 bits reach; a negative count is none.
  fileprivate func adding(_ other: Int64) -> Int64 {
    let (sum, isTooLarge) = addingReportingOverflow(Swift.max(0, other))
    return isTooLarge ? .max : sum
  }
}
