/// What attempts at one target came to.
struct TargetTally: Sendable {
  /// Attempts that were begun.
  private(set) var attempts = 0
  /// Those that failed, by what they failed with.
  private(set) var failures: [FailureCode: Int] = [:]
  /// The most attempts at the same time.
  private(set) var busiest = 0
  private var running = 0
  /// Calls that it answered to the end.
  var served = 0
  /// How long each answered attempt took to its first part.
  var firstEvents: [Duration] = []
  /// How often something was left alone that it depends on.
  var openings = 0
  /// Attempts that found out whether a cooldown was over.
  var probes = 0

  mutating func begin() {
    attempts += 1
    running += 1
    busiest = max(busiest, running)
  }

  mutating func end(_ failure: FailureCode?) {
    running -= 1
    if let failure { failures[failure, default: 0] += 1 }
  }
}

/// Times that calls let pass for one purpose.
struct WaitTally: Sendable {
  private(set) var count = 0
  private(set) var total = Duration.zero
  private(set) var longest = Duration.zero

  mutating func add(_ length: Duration) {
    count += 1
    total += length
    longest = max(longest, length)
  }
}
