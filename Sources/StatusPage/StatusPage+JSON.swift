extension StatusPage {
  /// The snapshot as JSON: what the page's script fetches, and anybody else may.
  ///
  /// Times are milliseconds since the epoch, durations milliseconds; rows are columns of numbers, the
  /// oldest first.
  public static func json(_ snapshot: StatusSnapshot) -> String {
    var out = JSONOutput()
    out.object { root in
      root.member("now", snapshot.now)
      root.member("gateway") { $0.object { write(snapshot.gateway, to: &$0) } }
      root.member("in_flight", snapshot.inFlight)
      root.member("streams", snapshot.streams)
      root.member("summary") { $0.object { write(snapshot.summary, to: &$0) } }
      root.member("rows") { $0.object { writeRows(of: snapshot, to: &$0) } }
      root.member("targets") { out in
        out.array(snapshot.targets) { out, target in out.object { write(target, to: &$0) } }
      }
      root.member("errors") { out in
        out.array(snapshot.errors) { out, error in out.object { write(error, to: &$0) } }
      }
    }
    return out.text
  }

  private static func write(_ gateway: GatewayFacts, to out: inout JSONOutput) {
    out.member("version", gateway.version)
    out.member("started", gateway.started)
    out.member("generation", gateway.generation)
    out.member("configuration", gateway.configuration)
    out.member("listening") { $0.array(gateway.listening) { $0.string($1) } }
  }

  private static func write(_ summary: StatusSummary, to out: inout JSONOutput) {
    out.member("calls_per_minute", summary.callsPerMinute)
    out.member("failure_share", summary.failureShare)
    out.member("p50_ms", summary.p50)
    out.member("p99_ms", summary.p99)
    out.member("first_event_p50_ms", summary.firstP50)
    out.member("first_event_p99_ms", summary.firstP99)
    out.member("input_tokens_per_minute", summary.inputPerMinute)
    out.member("output_tokens_per_minute", summary.outputPerMinute)
    out.member("calls", summary.calls)
    out.member("failures", summary.failures)
  }

  private static func writeRows(of snapshot: StatusSnapshot, to out: inout JSONOutput) {
    out.member("start", snapshot.start)
    out.member("step_ms", StatusBoard.step)
    let columns: [(String, (StatusPoint) -> Int64?)] = [
      ("calls", { Int64($0.calls) }), ("failures", { Int64($0.failures) }), ("p50_ms", \.p50),
      ("p99_ms", \.p99), ("streams", { Int64($0.streams) }), ("input_tokens", { $0.inputTokens }),
      ("output_tokens", { $0.outputTokens }),
    ]
    for (name, value) in columns {
      out.member(name) { $0.array(snapshot.points) { $0.number(value($1)) } }
    }
  }

  private static func write(_ target: TargetStatus, to out: inout JSONOutput) {
    out.member("provider", target.provider)
    out.member("target", target.target)
    out.member("model", target.model)
    out.member("state", target.state.word)
    if case .cooling(let until) = target.state {
      out.member("until", until)
    } else {
      out.member("until", nil as Int64?)
    }
    out.member("note", target.note)
    out.member("share", target.share)
    out.member("source", target.source)
    out.member("calls", target.calls)
    out.member("failures", target.failures)
  }

  private static func write(_ error: StatusError, to out: inout JSONOutput) {
    out.member("time", error.time)
    out.member("count", error.count)
    out.member("code", error.code)
    out.member("target", error.target)
    out.member("model", error.model)
    out.member("message", error.message)
    out.member("advice", error.advice)
    out.member("source", error.source)
    out.member("request_id", error.requestID)
  }
}

extension TargetStatus.State {
  /// The state in one word.
  var word: String {
    switch self {
    case .open: "open"
    case .cooling: "cooling"
    case .busy: "busy"
    case .unusable: "unusable"
    }
  }
}
