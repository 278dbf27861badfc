import Routing
import Testing

/// Random upstreams, plugins and clocks, and what must hold of every call all the same.
@Suite struct `Any sequence of failures` {
  /// One call against an upstream that only fails.
  private struct Call {
    let deadline: Duration?
    var now = Duration.zero
    var attempts = 1
    var counts: [String: Int] = [:]
    var breach: String?
    let remembered: [String]

    init(_ generator: inout SeededGenerator) {
      deadline =
        Bool.random(using: &generator)
        ? .milliseconds(Int.random(in: 0..<70_000, using: &generator)) : nil
      remembered = Bool.random(using: &generator) ? ["a-1", "a-2"] : []
    }

    mutating func run(_ generator: inout SeededGenerator) {
      var recovery = Recovery(amendments: remembered, deadline: deadline)
      while breach == nil {
        now += .milliseconds(Int.random(in: 0..<900, using: &generator))
        let failedAt = now
        var action = recovery.attemptFailed(
          Self.failure(&generator), at: now, random: .random(in: 0..<1, using: &generator))
        if case .amend(let amendment) = action, Bool.random(using: &generator) {
          count("tried \(amendment)")
          action = recovery.amendmentChangedNothing(
            at: now, random: .random(in: 0..<1, using: &generator))
          if case .amend = action { breach = "an amendment for one that changed nothing" }
        }
        guard follow(action, failedAt) else { break }
      }
      judge()
    }

    /// - Returns: Whether another attempt was made.
    private mutating func follow(_ action: Recovery.Action, _ failedAt: Duration) -> Bool {
      switch action {
      case .fail: return false
      case .refreshToken: count("refresh")
      case .useScope: count("scope")
      case .amend(let amendment):
        count("tried \(amendment)")
        count("amended")
        if remembered.contains(amendment) { breach = "tried what was there from the start" }
      case .wait(let wait):
        count("wait")
        now += wait
        if let deadline, now >= deadline { breach = "waited until \(now) of \(deadline)" }
      }
      if let deadline, failedAt >= deadline { breach = "\(action) after the deadline" }
      attempts += 1
      return true
    }

    private mutating func count(_ name: String) { counts[name, default: 0] += 1 }

    private mutating func judge() {
      if attempts > Recovery.attemptLimit { breach = "\(attempts) attempts" }
      for (name, count) in counts {
        let limit =
          switch name {
          case "wait": RaceLadder.steps.count
          case "amended": Recovery.amendmentLimit
          default: 1
          }
        if count > limit { breach = "\(name) \(count) times" }
      }
    }

    private static func failure(_ generator: inout SeededGenerator) -> FailedAttempt {
      let causes: [FailedAttempt.Cause] = [
        .credentialRefused, .stateNotReady, .stateNotReady, .other,
      ]
      var failure = FailedAttempt(causes[Int.random(in: 0..<4, using: &generator)])
      if Bool.random(using: &generator) { failure.credential = .token(scope: "s-1") }
      let number = Int.random(in: 0..<12, using: &generator)
      if number % 3 == 0 { failure.tokenScope = "s-\(number % 2)" }
      if number % 2 == 0 { failure.amendment = "a-\(number)" }
      failure.stateLag = number % 4 == 0 ? .zero : .seconds(60)
      failure.stateAge =
        switch number % 5 {
        case 0: .unknown
        case 1: .unnamed
        default: .known(.seconds(number * 6))
        }
      failure.reference = number % 7 == 0 ? .url : .body
      if number == 11 { failure.retryAfter = .seconds(Int.random(in: 0..<90, using: &generator)) }
      return failure
    }
  }

  @Test(arguments: [1, 2, 3, 4])
  func `ends in time, within the attempts allowed, each action once, over 100,000 calls`(
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    var most = 0
    for number in 0..<100_000 {
      var call = Call(&generator)
      call.run(&generator)
      most = max(most, call.attempts)
      if let breach = call.breach {
        Issue.record("call \(number) of seed \(seed): \(breach)")
        return
      }
    }
    #expect(most > 10, "the calls reach far into the machine: \(most) of 15 attempts")
  }
}
