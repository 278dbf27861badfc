/// A named measurement: a file of its own makes it, the list in `Registry.swift` offers it.
struct Benchmark: Sendable {
  /// What the command line calls it.
  let name: String
  /// What it measures, on which corpus, against which limit or peer; one line.
  let summary: String
  /// Whether it is measured only when it is named: it needs what others do not.
  var isOnDemand = false
  /// Measures.
  let run: @Sendable (Settings) async throws -> [Row]

  /// What the command line asks for.
  struct Settings {
    /// How often each candidate is measured.
    var rounds = 30
    /// Where `Scripts/install` put an installation to be measured besides, or nil.
    var installation: String?
    /// Where the programs of `Benchmarks/Servers` are, or nil.
    var servers: String?
    /// LiteLLM's program, to be measured besides, or nil.
    var litellm: String?
  }

  /// One line of the result: what was reached and what it is held against.
  struct Row {
    /// What was measured, such as `index, code`.
    let subject: String
    /// What was reached.
    let measured: Measurement
    /// Limits and peers by their names, measured in the same rounds and the same unit.
    var references: [(name: String, measurement: Measurement)] = []
    /// What is good enough; nil for a row that only informs.
    var goal: Goal?
  }

  /// What is good enough, in the unit of the measurement or as a ratio to the first reference.
  enum Goal {
    case atLeast(Double)
    case atMost(Double)
    case ratioAtMost(Double)
  }
}

extension Benchmark.Row {
  /// The ratio of what was reached to `reference`.
  func ratio(to reference: Measurement) -> Double { measured.best / reference.best }

  /// Whether the goal is met; nil without one.
  var isGood: Bool? {
    switch goal {
    case nil: nil
    case .atLeast(let least): measured.best >= least
    case .atMost(let most): measured.best <= most
    case .ratioAtMost(let most): references.first.map { ratio(to: $0.measurement) <= most }
    }
  }
}
