import ChildProcess

/// What streams need that are open and say nothing, as those of a model that thinks do.
extension GatewayMeasurement {
  /// As many as a process may have files for: each needs two, and the usual limit is 20,000.
  private static let counts = [1000, 9000]

  /// The memory for each, above that of the same process with none.
  func openStreams() throws -> [Benchmark.Row] {
    let memory = try [gateway, nginx].map { try bytesPerStream(of: $0) }
    return zip(Self.counts, zip(memory[0], memory[1])).map { count, bytes in
      Benchmark.Row(
        subject: "memory of an open stream, \(count) of them",
        measured: Measurement(bytes: [bytes.0]),
        references: [("nginx", Measurement(bytes: [bytes.1]))], goal: .atMost(20e3))
    }
  }

  private func bytesPerStream(of program: ServedProgram) throws -> [Double] {
    let body = try workspace.file(
      "held.json", #"{"model":"held","input":"Say hello.","stream":true}"#)
    let idle = program.process.residentBytes
    var clients: [ChildProcess] = []
    defer { for client in clients { _ = client.finish() } }
    var open = 0
    return try Self.counts.map { count in
      clients.append(try LoadClient(port: program.port, body: body).held(count - open))
      open = count
      return Double(program.process.residentBytes - idle) / Double(count)
    }
  }
}
