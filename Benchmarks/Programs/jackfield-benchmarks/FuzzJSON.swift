import AgentHistory
import JSONFuzzing

/// Damages random texts until the time is up or something does not fit.
struct FuzzJSON {
  let seconds: Int
  let seed: UInt64

  /// The number of texts that were tried and of those that were valid.
  func run() throws(Exercise.Finding) -> (tried: Int, valid: Int) {
    var random = SeededGenerator(seed: seed)
    let history = AgentHistory.body(byteCount: 8192, seed: seed)
    let end = ContinuousClock.now + .seconds(seconds)
    var (tried, valid) = (0, 0)
    while ContinuousClock.now < end {
      let text = RandomJSON.text(using: &random)
      try count(text, &tried, &valid)
      for _ in 0..<16 { try count(Mutation.damage(text, using: &random), &tried, &valid) }
      try count(Mutation.damage(history, using: &random), &tried, &valid)
    }
    return (tried, valid)
  }

  private func count(
    _ text: [UInt8], _ tried: inout Int, _ valid: inout Int
  ) throws(Exercise.Finding) {
    tried += 1
    if try Exercise.run(on: text) { valid += 1 }
  }
}
