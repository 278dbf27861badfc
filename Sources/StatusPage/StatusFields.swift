/// The texts of the page that change, by the names that its script knows them by.
struct StatusFields {
  private(set) var texts: [String: String] = [:]

  init(_ snapshot: StatusSnapshot) {
    let gateway = snapshot.gateway
    texts["version"] = gateway.version
    texts["generation"] = "\(gateway.generation)"
    texts["configuration"] = gateway.configuration
    texts["listening"] = gateway.listening.joined(separator: ", ")
    texts["uptime"] = StatusText.span(snapshot.now - gateway.started)
    texts["updated"] = StatusText.clock(snapshot.now)
    let open = snapshot.targets.count { $0.state == .open }
    texts["verdict"] =
      snapshot.targets.isEmpty ? "No targets" : "\(open) of \(snapshot.targets.count) targets open"
    add(snapshot.summary)
    texts["streams"] = StatusText.amount(Double(snapshot.streams))
    texts["in-flight"] = "\(StatusText.amount(Double(snapshot.inFlight))) in flight"
    add(PlotScales(snapshot.points))
    // The last row is not over yet, so that the one before is what was.
    let index = max(0, snapshot.points.count - 2)
    if snapshot.points.indices.contains(index) { add(snapshot.points[index]) }
    texts["at"] = StatusText.clock(snapshot.start + Int64(index) * StatusBoard.step)
  }

  subscript(name: String) -> String { texts[name] ?? "" }

  private mutating func add(_ summary: StatusSummary) {
    texts["calls"] = StatusText.amount(summary.callsPerMinute)
    texts["calls-half-hour"] = "\(StatusText.amount(Double(summary.calls))) in 30 min"
    texts["failure-share"] = StatusText.share(summary.failureShare)
    texts["failures-half-hour"] = "\(StatusText.amount(Double(summary.failures))) in 30 min"
    texts["p50"] = StatusText.duration(summary.p50)
    texts["p99"] = "p99 \(StatusText.duration(summary.p99))"
    texts["first-p50"] = StatusText.duration(summary.firstP50)
    texts["first-p99"] = "p99 \(StatusText.duration(summary.firstP99))"
    texts["output"] = StatusText.amount(summary.outputPerMinute)
    texts["input"] = "\(StatusText.amount(summary.inputPerMinute)) /min read"
  }

  private mutating func add(_ scales: PlotScales) {
    for (name, scale) in [
      ("calls", scales.calls), ("streams", scales.streams), ("input", scales.input),
      ("output", scales.output),
    ] {
      texts["\(name)-top"] = StatusText.amount(scale)
      texts["\(name)-middle"] = StatusText.amount(scale / 2)
    }
    texts["latency-top"] = StatusText.duration(Int64(scales.latency))
    texts["latency-middle"] = StatusText.duration(Int64(scales.latency / 2))
  }

  private mutating func add(_ point: StatusPoint) {
    texts["calls-at"] = StatusText.amount(Double(point.calls))
    texts["failures-at"] = StatusText.amount(Double(point.failures))
    texts["p50-at"] = StatusText.duration(point.p50)
    texts["p99-at"] = StatusText.duration(point.p99)
    texts["streams-at"] = StatusText.amount(Double(point.streams))
    texts["input-at"] = StatusText.amount(Double(point.inputTokens))
    texts["output-at"] = StatusText.amount(Double(point.outputTokens))
  }
}
