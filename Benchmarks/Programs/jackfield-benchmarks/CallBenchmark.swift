import ChildProcess
import TransportHost

extension Benchmark {
  /// What an embedded call costs over libcurl alone.
  static let call = Benchmark(
    name: "call",
    summary: """
      processor time of a call through openai (small POST, warm connection, small JSON answer); limit: \
      the same exchange by bare-curl.c
      """
  ) { settings in
    let server = try AnswerServer()
    defer { server.stop() }
    let host = try TransportHost.bench(plugin: "openai", baseURL: server.baseURL)
    let body = #"{"model":"bench","input":"Say hello.","max_output_tokens":64}"#
    let request = CallRequest(body: Array(body.utf8))
    let executor = try host.executor
    var seconds: [[Double]] = [[], [], []]
    for round in 0...settings.rounds {
      let bare = try BareCurl.seconds(server, exchanges: callCount, body: body)
      let plain = try await Stopwatch.processTime {
        try await Task { @concurrent in try await repeatCall(request, of: host) }.value
      }
      let preferring = try await Stopwatch.processTime {
        try await Task(executorPreference: executor) { @concurrent in
          try await repeatCall(request, of: host)
        }.value
      }
      guard round > 0 else { continue }
      for (index, time) in [plain, preferring, bare * Double(callCount)].enumerated() {
        seconds[index].append(time)
      }
    }
    let durations = seconds.map { Measurement(seconds: $0, count: callCount) }
    return zip(["await on any task", "on the host's executor"], durations).map { name, duration in
      Row(
        subject: name, measured: duration, references: [("bare libcurl", durations[2])],
        goal: .ratioAtMost(1.25))
    }
  }

  private static let callCount = 2000

  private nonisolated(nonsending) static func repeatCall(
    _ request: CallRequest, of host: TransportHost
  ) async throws {
    for _ in 0..<callCount { blackHole(try await host.respond(to: request)) }
  }
}

/// The limit: `BareCurl/bare-curl.c`, in a process of its own.
enum BareCurl {
  /// The processor time of one exchange, in seconds.
  static func seconds(
    _ server: AnswerServer, exchanges: Int, body: String
  ) throws(ChildProcessFailure) -> Double {
    let result = try ChildProcess.run(
      BuiltProducts.program("bare-curl"), ["\(server.baseURL)/responses", "\(exchanges)", body]
    ).checked()
    let field = result.text.split(separator: " ").first { $0.hasPrefix("cpu_us=") }
    guard let value = field.flatMap({ Double($0.dropFirst("cpu_us=".count)) }) else {
      throw ChildProcessFailure("bare-curl printed no time")
    }
    return value / 1e6
  }
}
