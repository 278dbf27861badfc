import Foundation

/// What the gateway and nginx add to the time in which an answer or an event comes.
extension GatewayMeasurement {
  /// Small requests that come at a rate, however slow the answers are; first directly.
  func latencies(rate: Double) throws -> [Benchmark.Row] {
    let body = try workspace.file("small.json", Self.smallBody)
    // Half a second's, so that enough of them stand above the 99th of a hundred.
    let requests = max(400, Int(rate / 2))
    let times = try times(body) {
      try $0.paced(connections: 64, requests: requests, rate: rate)
    }
    return [
      added("added at half load, p50", times.map(\.p50), .atMost(0.2e-3)),
      added("added at half load, p99", times.map(\.p99), .atMost(1e-3)),
    ]
  }

  /// Events of streams that speak every ten milliseconds.
  func events() throws -> [Benchmark.Row] {
    let body = try workspace.file(
      "paced.json", #"{"model":"paced","input":"Say hello.","stream":true}"#)
    return try [1, 50].map { streams in
      let times = try times(body) { try $0.streams(streams) }
      let name = streams == 1 ? "one stream" : "\(streams) streams"
      return added("added to an event, p50, \(name)", times.map(\.p50), .atMost(30e-6))
    }
  }

  /// The percentiles of each round: directly, through the gateway, through nginx.
  private func times(
    _ body: URL, _ load: (LoadClient) throws -> LoadClient.Outcome
  ) throws -> [(p50: Measurement, p99: Measurement)] {
    let ports = [upstream.port, gateway.port, nginx.port]
    var outcomes = ports.map { _ in [LoadClient.Outcome]() }
    for round in 0...settings.rounds {
      for (index, port) in ports.enumerated() {
        let outcome = try load(LoadClient(port: port, body: body))
        if round > 0 { outcomes[index].append(outcome) }
      }
    }
    return outcomes.map { rounds in
      (Measurement(seconds: rounds.map(\.p50)), Measurement(seconds: rounds.map(\.p99)))
    }
  }

  private func added(
    _ subject: String, _ times: [Measurement], _ goal: Benchmark.Goal
  ) -> Benchmark.Row {
    Benchmark.Row(
      subject: subject, measured: times[1].beyond(times[0]),
      references: [("nginx adds", times[2].beyond(times[0])), ("direct", times[0])], goal: goal)
  }
}
