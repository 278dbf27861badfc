import ChildProcess
import Foundation
import TransportHost

extension Benchmark {
  /// What a whole process costs.
  static let start = Benchmark(
    name: "start",
    summary: """
      processor time of whole processes: jackfield --version and jackfield explain through \
      azure-foundry; peer: curl --version
      """
  ) { settings in
    let configuration = FileManager.default.temporaryDirectory
      .appending(path: "jackfield-benchmark-\(ProcessInfo.processInfo.processIdentifier).yaml")
    try Data(explained.utf8).write(to: configuration)
    defer { try? FileManager.default.removeItem(at: configuration) }
    let programs =
      [("dynamic", try BuiltProducts.program("jackfield"))]
      + (settings.installation.map { [("installed", "\($0)/bin/jackfield")] } ?? [])
    return try programs.flatMap { kind, jackfield in
      try rows(of: jackfield, kind, configuration: configuration.path, settings)
    }
  }

  private static var explained: String {
    TransportHost.benchConfiguration(
      plugin: "azure-foundry",
      baseURL: "https://benchmark.services.ai.azure.com/api/projects/benchmark")
  }

  private static func rows(
    of jackfield: String, _ kind: String, configuration: String, _ settings: Settings
  ) throws -> [Row] {
    let commands = [
      (jackfield, ["--version"]),
      (jackfield, ["explain", "bench", "Hello", "--config", configuration]),
      ("curl", ["--version"]),
    ]
    var seconds = commands.map { _ in [Double]() }
    for round in 0...settings.rounds {
      for (index, (program, arguments)) in commands.enumerated() {
        let result = try ChildProcess.run(program, arguments).checked()
        if round > 0 { seconds[index].append(result.seconds) }
      }
    }
    let durations = seconds.map { Measurement(seconds: $0) }
    let peer = (name: "curl --version", measurement: durations[2])
    return [
      Row(
        subject: "--version, \(kind)", measured: durations[0], references: [peer],
        goal: .ratioAtMost(1.5)),
      Row(
        subject: "explain, \(kind)", measured: durations[1], references: [peer],
        goal: .ratioAtMost(2)),
    ]
  }
}
