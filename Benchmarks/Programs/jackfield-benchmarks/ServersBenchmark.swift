import ChildProcess

extension Benchmark {
  /// What an HTTP server in Swift costs, with a framework and without.
  static let servers = Benchmark(
    name: "servers",
    summary: """
      processor time of a small request that a hello server answers itself, through Hummingbird and \
      through SwiftNIO's HTTP/1 alone; peer: nginx with return 200
      """, isOnDemand: true
  ) { settings in
    guard let directory = settings.servers else {
      throw ChildProcessFailure(
        "--servers names no directory: Scripts/benchmark servers builds Benchmarks/Servers first")
    }
    let workspace = try Workspace()
    let body = try workspace.file("small.json", GatewayMeasurement.smallBody)
    let programs = [
      try ServedProgram.hello("hello-hummingbird", in: directory),
      try ServedProgram.hello("hello-nio", in: directory),
      try ServedProgram.nginx(location: #"return 200 "Hello.\n";"#, in: workspace),
    ]
    let memory = try programs.map { program in
      _ = try LoadClient(port: program.port, body: body).closed(connections: 1, requests: 1)
      return Measurement(bytes: [Double(program.process.residentBytes)])
    }
    var rows = zip(programs, memory).dropLast().map { program, bytes in
      Row(
        subject: "\(program.name), memory, idle", measured: bytes,
        references: [("nginx", memory[2])])
    }
    for connections in [16, 64] {
      var seconds = programs.map { _ in [Double]() }
      for round in 0...settings.rounds {
        for (index, program) in programs.enumerated() {
          let client = LoadClient(port: program.port, body: body)
          let (time, _) = try program.processorTime {
            try client.closed(connections: connections, requests: requestCount)
          }
          if round > 0 { seconds[index].append(time) }
        }
      }
      let costs = seconds.map { Measurement(seconds: $0, count: requestCount) }
      rows += zip(programs, costs).dropLast().map { program, cost in
        Row(
          subject: "\(program.name), \(connections) connections", measured: cost,
          references: [("nginx", costs[2])])
      }
    }
    return rows
  }

  private static let requestCount = 10_000
}
