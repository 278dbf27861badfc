import ChildProcess

extension Benchmark {
  /// What loading a plugin costs a process that has not loaded one.
  static let load = Benchmark(
    name: "load",
    summary: """
      processor time to open a plugin and shake hands, each time in a fresh process; peer: a plugin in C
      """
  ) { settings in
    let loader = try BuiltProducts.program("load-plugin")
    var plugins = [("azure-foundry, dynamic", try BuiltProducts.plugin("azure-foundry"))]
    if let prefix = settings.installation {
      plugins.append(
        ("azure-foundry, installed", "\(prefix)/lib/jackfield/plugins/libazure-foundry.so"))
    }
    plugins.append(("C", try BuiltProducts.plugin("good-minimal")))
    var seconds = plugins.map { _ in [Double]() }
    for round in 0...settings.rounds {
      for (index, (_, path)) in plugins.enumerated() {
        let output = try ChildProcess.run(loader, [path]).checked().text
        guard let time = Double(output.filter { !$0.isNewline }) else {
          throw ChildProcessFailure("load-plugin printed no time")
        }
        if round > 0 { seconds[index].append(time) }
      }
    }
    let durations = seconds.map { Measurement(seconds: $0) }
    return zip(plugins.dropLast(), durations).map { plugin, duration in
      Row(
        subject: plugin.0, measured: duration,
        references: [("C plugin", durations[durations.count - 1])], goal: .atMost(1e-3))
    }
  }
}
