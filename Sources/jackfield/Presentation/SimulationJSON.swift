import RouteSimulation
import Routing
import TransportHost

/// A simulation's report as JSON: the shape is on the page of simulations.
struct SimulationJSON {
  /// The most stretches of the series.
  private static let seriesLimit = 120

  private let report: SimulationReport
  private let verdicts: [Assertion.Verdict]

  init(_ report: SimulationReport, _ verdicts: [Assertion.Verdict]) {
    self.report = report
    self.verdicts = verdicts
  }

  /// One object.
  var bytes: [UInt8] {
    var out = JSONWriter()
    out.object { object in
      object.member("model", report.model)
      object.member("scenario") { report.scenario.write(to: &$0) }
      writeSums(to: &object)
      object.member("targets") { out in
        out.array(report.targets) { $0.write(to: &$1) }
      }
      object.member("cooldowns") { out in
        out.array(report.changes) { $0.write(report, to: &$1) }
      }
      object.member("series") { writeSeries(to: &$0) }
      object.member("worst") { writeWorst(to: &$0) }
      object.member("assertions") { out in
        out.array(verdicts) { $0.write(to: &$1) }
      }
    }
    return out.bytes
  }

  private func writeSums(to object: inout JSONWriter) {
    object.member("ended_ms", report.end.wholeMilliseconds)
    object.member("calls", Int64(report.calls.count))
    object.member("served", Int64(report.served))
    object.member("failed", Int64(report.failed))
    object.member("failures") { $0.counts(FailureCode.allCases, report.failures) }
    object.member("attempts", Int64(report.attempts))
    object.member("reasons") { $0.counts(AttemptReason.allCases, report.reasons) }
    object.member("waits") { out in
      out.array(report.waits) { wait, out in
        out.object { object in
          object.member("purpose", wait.purpose.word)
          object.member("count", Int64(wait.count))
          object.member("total_ms", wait.total.wholeMilliseconds)
          object.member("longest_ms", wait.longest.wholeMilliseconds)
        }
      }
    }
    object.member("latency_ms") { $0.percentiles(report.latency) }
  }

  private func writeSeries(to out: inout JSONWriter) {
    let bucket = TimeSeries.bucket(for: report.end, most: Self.seriesLimit)
    let series = TimeSeries(report, bucket: bucket)
    out.object { object in
      object.member("bucket_ms", bucket.wholeMilliseconds)
      object.member("served") { out in
        out.object { served in
          for (target, counts) in zip(report.targets, series.served) {
            served.member(target.label) { $0.numbers(counts) }
          }
        }
      }
      object.member("failed") { $0.numbers(series.failed) }
    }
  }

  private func writeWorst(to out: inout JSONWriter) {
    guard let worst = report.worst else { return out.raw(Array("null".utf8)) }
    out.object { object in
      object.member("call", Int64(worst.story.number))
      object.member("arrived_ms", worst.story.arrived.wholeMilliseconds)
      object.member("latency_ms", worst.latency.wholeMilliseconds)
      switch worst.ending {
      case .served(let target):
        object.member("target", report.targets[target].label)
        object.member("failure", String?.none)
      case .failed(let code):
        object.member("target", String?.none)
        object.member("failure", code.rawValue)
      }
      object.member("steps") { out in
        out.array(worst.story.steps) { $0.write(report, to: &$1) }
      }
    }
  }
}

// MARK: - Parts

extension JSONWriter {
  /// How often each of some words was counted; those that were not are left out.
  fileprivate mutating func counts<Word: RawRepresentable<String> & Hashable>(
    _ words: [Word], _ counts: [Word: Int]
  ) {
    object { object in
      for word in words {
        if let count = counts[word] { object.member(word.rawValue, Int64(count)) }
      }
    }
  }

  fileprivate mutating func percentiles(_ time: (Percentile) -> Duration?) {
    object { object in
      for share in Percentile.allCases {
        object.member("\(share)", time(share)?.wholeMilliseconds)
      }
    }
  }

  fileprivate mutating func numbers(_ numbers: [Int]) {
    array(numbers) { $1.raw(Array("\($0)".utf8)) }
  }

  /// A number with decimals, or null.
  fileprivate mutating func member(_ name: String, number: Double?) {
    member(name) { $0.raw(Array((number.map { "\($0)" } ?? "null").utf8)) }
  }
}

extension Scenario {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { object in
      object.member("rps", number: rate)
      object.member("for_ms", length.wholeMilliseconds)
      object.member("seed") { $0.raw(Array("\(seed)".utf8)) }
      object.member("stream", isStream)
      object.member("tokens", Int64(tokens))
      object.member("sessions", sessions.map(Int64.init))
      object.member("timeout_ms", timeout?.wholeMilliseconds)
      object.member("max_retries", maxRetries.map(Int64.init))
      object.member("fallbacks", allowsFallbacks)
      object.member("disturbances") { out in
        out.array(disturbances) { $0.write(to: &$1) }
      }
    }
  }
}

extension Disturbance {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { object in
      object.member("what", what)
      object.member("from_ms", from.wholeMilliseconds)
      object.member("to_ms", to?.wholeMilliseconds)
      switch effect {
      case .outage(let outage): object.member("outage", outage.word)
      case .rateLimit(let limit): object.member("requests_per_minute", Int64(limit))
      case .latency(let median): object.member("first_event_ms", median.wholeMilliseconds)
      }
    }
  }
}

extension TargetReport {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { object in
      object.member("target", label)
      object.member("plan", plan)
      object.member("provider", target.provider)
      object.member("model", target.model)
      object.member("source", target.source.isEmpty ? nil : target.source)
      object.member("served", Int64(served))
      object.member("attempts", Int64(attempts))
      object.member("failed", Int64(failed))
      object.member("failures") { $0.counts(FailureCode.allCases, failures) }
      object.member("busiest", Int64(busiest))
      object.member("opened", Int64(openings))
      object.member("probes", Int64(probes))
      object.member("first_event_ms") { $0.percentiles(firstEvent) }
    }
  }
}

extension CooldownChange {
  fileprivate func write(_ report: SimulationReport, to out: inout JSONWriter) {
    out.object { object in
      object.member("at_ms", time.wholeMilliseconds)
      object.member("scope", scope.word)
      object.member("name", name)
      object.member("targets") { out in
        out.array(targets) { $1.value(report.targets[$0].label) }
      }
      switch kind {
      case .opened(let opening):
        object.member("change", "opened")
        object.member("until_ms", opening.until.wholeMilliseconds)
        object.member("failure", opening.cause.rawValue)
        object.member("stated", opening.isStated)
        object.member("extensions", Int64(opening.extensions))
      case .probed(let call, let target, let failure):
        object.member("change", "probed")
        object.member("call", Int64(call))
        object.member("target", report.targets[target].label)
        object.member("failure", failure?.rawValue)
      case .closed: object.member("change", "closed")
      }
    }
  }
}

extension CallStory.Step {
  fileprivate func write(_ report: SimulationReport, to out: inout JSONWriter) {
    out.object { object in
      switch self {
      case .attempt(let attempt):
        object.member("at_ms", attempt.began.wholeMilliseconds)
        object.member("took_ms", attempt.length.wholeMilliseconds)
        object.member("target", report.targets[attempt.target].label)
        object.member("reason", attempt.reason.words)
        object.member("probe", attempt.isProbe)
        object.member("failure", attempt.failure?.rawValue)
      case .wait(let purpose, let began, let length):
        object.member("at_ms", began.wholeMilliseconds)
        object.member("took_ms", length.wholeMilliseconds)
        object.member("wait", purpose.word)
      }
    }
  }
}

extension Assertion.Verdict {
  fileprivate func write(to out: inout JSONWriter) {
    out.object { object in
      object.member("expression", assertion.text)
      object.member("holds", holds)
      object.member("metrics") { out in
        out.array(parts.flatMap(\.measured)) { measured, out in
          out.object { object in
            object.member("metric", measured.metric.text)
            object.member("kind", measured.metric.metric.kind.rawValue)
            object.member("value", number: measured.value?.number)
          }
        }
      }
    }
  }
}
