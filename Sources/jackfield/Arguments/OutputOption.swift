import ArgumentParser

/// `--json`, the same on each command.
struct OutputOption: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Print JSON alone on standard output.")
  var isJSON = false
}
