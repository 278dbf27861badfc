@testable import Routing

/// What is more likely in one world than in others, in so many times of a hundred.
struct Temper {
  let answers: Int
  let cancellations: Int
  /// Failures that another target may not have.
  let outages: Int
  let hints: Int
  let mendings: Int

  init(_ generator: inout SeededGenerator) {
    answers = generator.one(of: [0, 5, 35, 70])
    cancellations = generator.one(of: [0, 1, 8])
    outages = generator.one(of: [0, 60, 95])
    hints = generator.one(of: [5, 25, 60])
    mendings = generator.one(of: [0, 20, 70])
  }
}

extension SeededGenerator {
  /// A failure of any cause, scope, status and hint; those that happen more often come more often.
  mutating func failure(_ temper: Temper) -> CallFailure {
    let often: [FailureCause] = [.upstream, .overload, .rateLimit, .connect, .stream, .firstEvent]
    let cause = chance(temper.outages) ? one(of: often) : one(of: FailureCause.allCases)
    var failure = CallFailure(cause, blaming: one(of: FailureScope.allCases))
    if chance(60) { failure.status = one(of: [200, 400, 401, 404, 408, 409, 429, 500, 501, 503]) }
    failure.hint = one(of: [.unsaid, .unsaid, .yes, .no])
    if chance(temper.hints) {
      failure.retryAfter = .milliseconds(one(of: [0, 300, 4000, 15_000, 50_000]))
    }
    if cause == .quota, chance(50) { failure.retryAfter = .seconds(number(1...7200)) }
    failure.mayBeDone = chance(20)
    if chance(temper.mendings) { failure.mending = mending() }
    return failure
  }

  private mutating func mending() -> FailedAttempt {
    var mending = FailedAttempt(one(of: [.credentialRefused, .stateNotReady, .other]))
    if chance(70) { mending.credential = .token(scope: "s-1") }
    if chance(20) { mending.tokenScope = "s-\(number(0...2))" }
    if chance(50) { mending.amendment = "a-\(number(0...7))" }
    mending.stateLag = chance(70) ? .seconds(60) : .zero
    mending.stateAge = one(of: [.unknown, .unnamed, .deleted, .known(.seconds(number(0...80)))])
    mending.reference = chance(80) ? .body : .url
    if chance(20) { mending.retryAfter = .seconds(number(0...70)) }
    return mending
  }

  mutating func traits() -> CallTraits {
    var traits = CallTraits()
    traits.tokens = chance(50) ? number(0...900) : 0
    if chance(30) { traits.sticky = UInt64(number(0...20)) }
    if chance(30) {
      let provider = Int32(number(0...4))
      traits.home = CallTraits.Home(
        boundary: provider % 3, provider: provider, isChain: chance(50))
    }
    traits.isReplayable = chance(50)
    traits.isRepeatable = chance(85)
    return traits
  }

  mutating func bounds(at now: Duration) -> CallMachine.Bounds {
    var bounds = CallMachine.Bounds()
    if chance(40) { bounds.deadline = now + .milliseconds(number(-50...60_000)) }
    if chance(20) { bounds.maxRetries = number(0...4) }
    bounds.allowsFallbacks = chance(90)
    return bounds
  }
}
