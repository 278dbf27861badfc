/// What a status page shows at one moment.
public struct StatusSnapshot: Sendable, Hashable {
  /// What is known of the gateway.
  public let gateway: GatewayFacts
  /// When, in milliseconds since the epoch.
  public let now: Int64
  /// Calls that are being served.
  public let inFlight: Int
  /// Streams that are open.
  public let streams: Int
  /// The figures at the top.
  public let summary: StatusSummary
  /// When the first of ``points`` begins, in milliseconds since the epoch.
  public let start: Int64
  /// Half an hour in steps of ten seconds, the oldest first; the last is not over yet.
  public let points: [StatusPoint]
  /// The targets with their state.
  public let targets: [TargetStatus]
  /// The last errors, the newest first.
  public let errors: [StatusError]
}

/// What is known of the gateway.
public struct GatewayFacts: Sendable, Hashable {
  /// Its version.
  public var version: String
  /// When it was started, in milliseconds since the epoch.
  public var started: Int64
  /// Which reading of the configuration is in force.
  public var generation: Int
  /// The file that was read, as it should be shown.
  public var configuration: String
  /// Where it listens, such as `127.0.0.1:8080`.
  public var listening: [String]

  /// States facts.
  public init(
    version: String, started: Int64, generation: Int, configuration: String, listening: [String]
  ) {
    (self.version, self.started, self.generation) = (version, started, generation)
    (self.configuration, self.listening) = (configuration, listening)
  }

  var cleaned: GatewayFacts {
    var facts = self
    facts.started = StatusText.instant(started)
    facts.version = StatusText.cleaned(version)
    facts.configuration = StatusText.cleaned(configuration)
    facts.listening = listening.prefix(8).map { StatusText.cleaned($0) }
    return facts
  }
}

/// One row of ten seconds.
public struct StatusPoint: Sendable, Hashable {
  /// Calls that ended.
  public let calls: Int
  /// Those of them that failed.
  public let failures: Int
  /// What half of the answers of the minute up to here did not exceed, in milliseconds; nil where there
  /// were none.
  public let p50: Int64?
  /// What 99 of 100 of them did not exceed.
  public let p99: Int64?
  /// The most streams that were open at once.
  public let streams: Int
  /// Tokens that were read.
  public let inputTokens: Int64
  /// Tokens that were written.
  public let outputTokens: Int64

  init(_ row: StatusRow, minute: DurationHistogram) {
    (calls, failures, streams) = (row.calls, row.failures, row.streams)
    (p50, p99) = (minute.percentile(0.5), minute.percentile(0.99))
    (inputTokens, outputTokens) = (row.inputTokens, row.outputTokens)
  }
}

/// The figures at the top: of the last five minutes, but for the totals.
public struct StatusSummary: Sendable, Hashable {
  /// Calls a minute.
  public let callsPerMinute: Double
  /// The share of calls that failed, from 0 to 1; nil where there were none.
  public let failureShare: Double?
  /// Percentiles of whole answers in milliseconds.
  public let p50, p99: Int64?
  /// Percentiles of the time to the first event in milliseconds.
  public let firstP50, firstP99: Int64?
  /// Tokens a minute.
  public let inputPerMinute, outputPerMinute: Double
  /// Calls of the last half hour.
  public let calls: Int
  /// Those of them that failed.
  public let failures: Int

  init(recent: StatusRow, milliseconds: Int64, half: StatusRow) {
    let minutes = Double(max(1, milliseconds)) / 60_000
    callsPerMinute = Double(recent.calls) / minutes
    failureShare = recent.calls > 0 ? Double(recent.failures) / Double(recent.calls) : nil
    (p50, p99) = (recent.durations.percentile(0.5), recent.durations.percentile(0.99))
    firstP50 = recent.firstEvents.percentile(0.5)
    firstP99 = recent.firstEvents.percentile(0.99)
    inputPerMinute = Double(recent.inputTokens) / minutes
    outputPerMinute = Double(recent.outputTokens) / minutes
    (calls, failures) = (half.calls, half.failures)
  }
}

/// One of the last errors.
public struct StatusError: Sendable, Hashable {
  /// When it happened last, in milliseconds since the epoch.
  public let time: Int64
  /// How often it happened since it was first in the list.
  public internal(set) var count = 1
  /// The error code.
  public let code: String
  /// The provider id and the target's name, or empty.
  public let target: String
  /// The model as the client wrote it, or empty.
  public let model: String
  /// What was wrong.
  public let message: String
  /// What to do about it, or empty.
  public let advice: String
  /// The place in the configuration, or empty.
  public let source: String
  /// The id of the last request that it happened to, or empty.
  public let requestID: String

  func isSame(as other: StatusError) -> Bool {
    code == other.code && target == other.target && model == other.model
      && message == other.message && advice == other.advice && source == other.source
  }

  init(_ call: EndedCall, at time: Int64) {
    self.time = time
    code = StatusText.cleaned(call.outcome)
    target = StatusText.cleaned(
      [call.provider, call.target].compactMap(\.self).filter { !$0.isEmpty }
        .joined(separator: " / "))
    model = StatusText.cleaned(call.model ?? "")
    message = StatusText.cleaned(call.message, limit: 400)
    advice = StatusText.cleaned(call.advice, limit: 400)
    source = StatusText.cleaned(call.source)
    requestID = StatusText.cleaned(call.requestID)
  }
}
