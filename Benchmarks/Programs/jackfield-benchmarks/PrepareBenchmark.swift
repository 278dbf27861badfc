import AgentHistory
import JSONText
import TransportHost

extension Benchmark {
  /// What a call does before the wire, through the strictest plugin.
  static let prepare = Benchmark(
    name: "prepare",
    summary: """
      index, route and prepare through the ABI of azure-foundry, on agent histories of 1 MB, seed 1; \
      limits JSONText.index and memchr
      """
  ) { settings in
    let host = try TransportHost.bench(
      plugin: "azure-foundry",
      baseURL: "https://benchmark.services.ai.azure.com/api/projects/benchmark")
    let rows = try [AgentHistory.Flavour.prose, .code, .cjk, .mixed].flatMap { flavour in
      let replayed = AgentHistory.body(byteCount: 1_000_000, flavour: flavour)
      // What leaves needs no edit when it comes again.
      let clean = try host.prepare(CallRequest(body: replayed)).bodyBytes(of: replayed)
      return try [replayed, clean].map { body in
        try row(of: body, "\(flavour)", through: host, settings)
      }
    }
    return try rows + [explaining(through: host, settings)]
  }

  /// The same for people: each edit's pointer and reason, and the body as one piece.
  private static func explaining(
    through host: TransportHost, _ settings: Settings
  ) throws -> Row {
    let body = AgentHistory.body(byteCount: 1_000_000)
    let request = CallRequest(body: body)
    let seconds = try Stopwatch.seconds(
      rounds: settings.rounds,
      [
        { blackHole(try host.explain(request)) }, { blackHole(try host.prepare(request)) },
      ])
    let speeds = seconds.map { Measurement(bytes: body.count, seconds: $0) }
    return Row(
      subject: "mixed, explained", measured: speeds[0], references: [("prepare alone", speeds[1])])
  }

  private static func row(
    of body: [UInt8], _ flavour: String, through host: TransportHost, _ settings: Settings
  ) throws -> Row {
    let edits = try host.prepare(CallRequest(body: body)).edits.count
    let seconds = try Stopwatch.seconds(
      rounds: settings.rounds,
      [
        { blackHole(try host.prepare(CallRequest(body: body))) },
        { blackHole(try JSONText.index(body.span)) },
        { blackHole(Limits.rawScan(body.span)) },
      ])
    let speeds = seconds.map { Measurement(bytes: body.count, seconds: $0) }
    return Row(
      subject: "\(flavour), \(edits == 0 ? "no edit" : "\(edits) edits")", measured: speeds[0],
      references: [("index alone", speeds[1]), ("memchr", speeds[2])], goal: .atLeast(1e9))
  }
}
