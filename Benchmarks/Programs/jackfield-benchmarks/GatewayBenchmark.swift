import AgentHistory
import ChildProcess
import Foundation

extension Benchmark {
  /// What the gateway costs between a client and an upstream.
  static let gateway = Benchmark(
    name: "gateway",
    summary: """
      processor time, latency and memory of jackfield-gateway between load-client.c and \
      answer-server.c; peer: nginx as a plain reverse proxy between the same two
      """
  ) { settings in
    let measurement = try GatewayMeasurement(settings)
    defer { measurement.upstream.stop() }
    let memory = try measurement.idleMemory()
    let (small, answersPerSecond) = try measurement.smallRequests()
    return try [memory] + small + [measurement.largeRequests()]
      + measurement.latencies(rate: answersPerSecond / 2) + measurement.events()
      + measurement.openStreams()
  }
}

/// The programs of one run, and the rows they give.
struct GatewayMeasurement {
  let settings: Benchmark.Settings
  let upstream: AnswerServer
  let workspace: Workspace
  let gateway: ServedProgram
  let nginx: ServedProgram
  private let litellm: ServedProgram?

  /// Starts them.
  init(_ settings: Benchmark.Settings) throws {
    self.settings = settings
    upstream = try AnswerServer()
    workspace = try Workspace()
    gateway = try .gateway(to: upstream, in: workspace)
    nginx = try .nginx(
      upstream: upstream,
      location: """
        proxy_pass http://answers; proxy_http_version 1.1; proxy_set_header Connection ""; \
        proxy_buffering off; proxy_read_timeout 600s;
        """, in: workspace)
    litellm = try settings.litellm.map { [upstream, workspace] program in
      try .litellm(program, to: upstream, in: workspace)
    }
  }

  /// What the gateway holds when it has answered its first request, and so has loaded its plugin.
  func idleMemory() throws -> Benchmark.Row {
    let body = try workspace.file("small.json", Self.smallBody)
    let bytes = try [gateway, nginx].map { program in
      _ = try LoadClient(port: program.port, body: body).closed(connections: 1, requests: 1)
      return Measurement(bytes: [Double(program.process.residentBytes)])
    }
    return Benchmark.Row(
      subject: "memory, idle", measured: bytes[0], references: [("nginx", bytes[1])],
      goal: .atMost(40e6))
  }

  /// Small requests with few and with many connections; and how many answers a second the gateway
  /// gave at best.
  func smallRequests() throws -> ([Benchmark.Row], answersPerSecond: Double) {
    let body = try workspace.file("small.json", Self.smallBody)
    var rows: [Benchmark.Row] = []
    var best = 0.0
    for connections in [16, 64] {
      let candidates = [gateway, nginx].map { ($0, 4000) } + (litellm.map { [($0, 200)] } ?? [])
      let (costs, speed) = try costs(of: candidates, body, connections: connections)
      best = max(best, speed)
      rows.append(row("small request, \(connections) connections", costs, ratio: 3))
    }
    return (rows, best)
  }

  /// Requests of an agent late in its work.
  func largeRequests() throws -> Benchmark.Row {
    let body = try workspace.file("large.json", Self.largeBody)
    let (costs, _) = try costs(of: [(gateway, 200), (nginx, 200)], body, connections: 4)
    return row("request of 1 MB, 4 connections", costs, ratio: 2)
  }

  static let smallBody = #"{"model":"bench","input":"Say hello.","max_output_tokens":64}"#

  /// A history that asks for no stream, so that the answer is as small as that to a small request.
  private static var largeBody: [UInt8] {
    let text = String(decoding: AgentHistory.body(byteCount: 1_000_000), as: UTF8.self)
    return Array(text.replacing(#""stream":true"#, with: #""stream":false"#).utf8)
  }

  /// The processor time of one request in each round, and how many answers a second the first
  /// candidate gave at best.
  private func costs(
    of candidates: [(program: ServedProgram, requests: Int)], _ body: URL, connections: Int
  ) throws -> ([(name: String, measurement: Measurement)], speed: Double) {
    var seconds = candidates.map { _ in [Double]() }
    var speed = 0.0
    for round in 0...settings.rounds {
      for (index, (program, requests)) in candidates.enumerated() {
        let client = LoadClient(port: program.port, body: body)
        let (time, outcome) = try program.processorTime {
          try client.closed(connections: connections, requests: requests)
        }
        guard round > 0 else { continue }
        seconds[index].append(time / Double(requests))
        if index == 0 { speed = max(speed, Double(requests) / outcome.seconds) }
      }
    }
    return (zip(candidates, seconds).map { ($0.program.name, Measurement(seconds: $1)) }, speed)
  }

  private func row(
    _ subject: String, _ costs: [(name: String, measurement: Measurement)], ratio: Double
  ) -> Benchmark.Row {
    Benchmark.Row(
      subject: subject, measured: costs[0].measurement, references: Array(costs.dropFirst()),
      goal: .ratioAtMost(ratio))
  }
}
