/// A named measurement: a file of its own makes it, the list in `Registry.swift` offers it.
struct Benchmark: Sendable {
  /// What the command line calls it.
  let name: String
  /// What it measures, on which corpus, against which limit or peer; one line.
  let summary: String
  /// Measures.
  let run: @Sendable (Settings) throws -> [Row]

  /// What the command line asks for.
  struct Settings {
    /// How often each candidate is measured.
    var rounds = 30
  }

  /// One line of the result: a speed and what it is held against.
  struct Row {
    /// What was measured, such as `index, code`.
    let subject: String
    /// Speeds over the rounds.
    let speed: Speed
    /// The limit or peers, by their names.
    let references: [(name: String, speed: Speed)]
    /// The least speed that is good enough; nil for a row that only informs.
    let goal: Double?
  }
}
