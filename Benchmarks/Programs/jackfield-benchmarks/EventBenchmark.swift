import ChildProcess
import TransportHost

extension Benchmark {
  /// What a streamed event costs beyond reading its bytes.
  static let event = Benchmark(
    name: "event",
    summary: """
      processor time that an event of 200 bytes adds in passthrough through openai, \(AnswerServer.eventCount) \
      in a stream; what bare-curl.c needs to read it is subtracted
      """
  ) { settings in
    let server = try AnswerServer()
    defer { server.stop() }
    let host = try TransportHost.bench(plugin: "openai", baseURL: server.baseURL)
    let body = #"{"model":"bench","input":"Say hello.","stream":true}"#
    let request = CallRequest(body: Array(body.utf8))
    let executor = try host.executor
    var seconds: [[Double]] = [[], [], []]
    for round in 0...settings.rounds {
      let bare = try BareCurl.seconds(server, exchanges: streamCount, body: body)
      let plain = try await Stopwatch.processTime {
        try await Task { @concurrent in try await readStreams(request, of: host) }.value
      }
      let preferring = try await Stopwatch.processTime {
        try await Task(executorPreference: executor) { @concurrent in
          try await readStreams(request, of: host)
        }.value
      }
      guard round > 0 else { continue }
      for (index, time) in [plain, preferring, bare * Double(streamCount)].enumerated() {
        seconds[index].append(time)
      }
    }
    let durations = seconds.map {
      Measurement(seconds: $0, count: streamCount * AnswerServer.eventCount)
    }
    return zip(["await on any task", "on the host's executor"], durations).map { name, duration in
      Row(
        subject: name, measured: duration.beyond(durations[2]),
        references: [("bare read", durations[2])], goal: .atMost(1e-6))
    }
  }

  private static let streamCount = 4

  private nonisolated(nonsending) static func readStreams(
    _ request: CallRequest, of host: TransportHost
  ) async throws {
    for _ in 0..<streamCount {
      var count = 0
      for try await event in try await host.stream(request) {
        blackHole(event)
        count += 1
      }
      guard count == AnswerServer.eventCount + 1 else {
        throw ChildProcessFailure("the stream had \(count) events")
      }
    }
  }
}
