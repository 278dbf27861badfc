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
