import JSONFuzzing

/// What the command line asks for.
struct Command {
  static let usage = """
    usage: jackfield-benchmarks [NAME …] [--rounds N] [--install PREFIX] [--litellm PROGRAM]
                                [--servers DIR]
                                                      measures; without a name, everything but
                                                      what must be named;
                                                      PREFIX: an installation to measure besides;
                                                      PROGRAM: LiteLLM's, to measure besides;
                                                      DIR: the programs of Benchmarks/Servers
           jackfield-benchmarks list                      names what there is
           jackfield-benchmarks fuzz-json [--seconds N] [--seed N]
    """

  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var paths: [String: String] = [:]

  init(_ arguments: [String]) throws(CommandLineError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else {
        names.append(argument)
        continue
      }
      if ["--install", "--litellm", "--servers"].contains(argument) {
        guard let path = rest.popFirst() else {
          throw CommandLineError(message: "\(argument) needs a path")
        }
        paths[argument] = path
        continue
      }
      guard ["--rounds", "--seconds", "--seed"].contains(argument) else {
        throw CommandLineError(message: "unknown option \"\(argument)\"")
      }
      guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else {
        throw CommandLineError(message: "\(argument) needs a number above zero")
      }
      numbers[argument] = number
    }
  }

  func run() async throws(CommandLineError) {
    switch names.first {
    case "list": for benchmark in benchmarks { print("\(benchmark.name): \(benchmark.summary)") }
    case "fuzz-json": try fuzzJSON()
    default: try await measure()
    }
  }

  private func measure() async throws(CommandLineError) {
    var settings = Benchmark.Settings()
    if let rounds = numbers["--rounds"] { settings.rounds = rounds }
    if let unknown = names.first(where: { name in !benchmarks.contains { $0.name == name } }) {
      throw CommandLineError(message: "unknown benchmark \"\(unknown)\"")
    }
    settings.installation = paths["--install"]
    settings.litellm = paths["--litellm"]
    settings.servers = paths["--servers"]
    Report.printHead()
    let chosen = benchmarks.filter {
      names.isEmpty ? !$0.isOnDemand : names.contains($0.name)
    }
    for benchmark in chosen {
      do {
        Report.print(benchmark, try await benchmark.run(settings))
      } catch {
        throw CommandLineError(message: "\(benchmark.name) failed: \(error)")
      }
    }
    Report.printFoot()
  }

  private func fuzzJSON() throws(CommandLineError) {
    let seed = UInt64(numbers["--seed"] ?? Int.random(in: 1...Int.max))
    print("fuzz-json: seed \(seed)")
    do {
      let (tried, valid) = try FuzzJSON(seconds: numbers["--seconds"] ?? 10, seed: seed).run()
      print("fuzz-json: \(tried) texts, \(valid) of them valid, nothing found")
    } catch {
      throw CommandLineError(
        message: "\(error): \(String(decoding: error.text, as: UTF8.self).debugDescription)")
    }
  }
}

/// Why a command cannot be carried out.
struct CommandLineError: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
