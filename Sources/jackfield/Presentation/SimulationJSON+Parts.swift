import RouteSimulation
import Routing
import TransportHost

// The parts of ``SimulationJSON``.

extension JSONWriter {
  /// How often each of some words was counted; those that were not are left out.
  mutating func counts<Word: RawRepresentable<String> & Hashable>(
    _ words: [Word], _ counts: [Word: Int]
  ) {
    object { object in
      for word in words {
        if let count = counts[word] { object.member(word.rawValue, Int64(count)) }
      }
    }
  }

  /// The percentiles of a time, null where there is nothing to measure.
  mutating func percentiles(_ time: (Percentile) -> Duration?) {
    object { object in
      for share in Percentile.allCases {
        object.member("\(share)", time(share)?.wholeMilliseconds)
      }
    }
  }

  /// An array of whole numbers.
  mutating func numbers(_ numbers: [Int]) {
    array(numbers) { $1.raw(Array("\($0)".utf8)) }
  }

  /// A number with decimals, or null.
  mutating func member(_ name: String, number: Double?) {
    member(name) { $0.raw(Array((number.map { "\($0)" } ?? "null").utf8)) }
  }
}

extension Scenario {
  func write(to out: inout JSONWriter) {
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
  func write(to out: inout JSONWriter) {
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
  func write(to out: inout JSONWriter) {
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
  func write(_ report: SimulationReport, to out: inout JSONWriter) {
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
  func write(_ report: SimulationReport, to out: inout JSONWriter) {
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
  func write(to out: inout JSONWriter) {
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
