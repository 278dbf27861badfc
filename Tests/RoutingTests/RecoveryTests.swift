import Routing
import Testing

@Suite struct `What follows a failed attempt` {
  private static func first(
    _ failure: FailedAttempt, amendments: [String] = [], deadline: Duration? = nil,
    at now: Duration = .zero
  ) -> Recovery.Action {
    var recovery = Recovery(amendments: amendments, deadline: deadline)
    return recovery.attemptFailed(failure, at: now, random: 0.5)
  }

  private static let lag = Duration.seconds(60)

  @Test func `is nothing, where nothing is known to help`() {
    #expect(Self.first(FailedAttempt(.other)) == .fail(.asReported))
    #expect(Self.first(FailedAttempt(.credentialRefused)) == .fail(.asReported))
    #expect(
      Self.first(FailedAttempt(.credentialRefused, tokenScope: "a")) == .fail(.asReported),
      "a key has no scope")
  }

  @Test func `is one new token, then one of the scope that is named, then nothing`() {
    var recovery = Recovery(deadline: nil)
    var failure = FailedAttempt(.credentialRefused, credential: .token(scope: ""))
    #expect(recovery.attemptFailed(failure, at: .zero, random: 0) == .refreshToken)
    failure.tokenScope = "https://a/"
    #expect(recovery.attemptFailed(failure, at: .zero, random: 0) == .useScope("https://a/"))
    failure.tokenScope = "https://b/"
    #expect(recovery.attemptFailed(failure, at: .zero, random: 0) == .fail(.asReported))
  }

  @Test func `is a new token where the named scope is the one that was used`() {
    let failure = FailedAttempt(
      .credentialRefused, credential: .token(scope: "s"), tokenScope: "s")
    #expect(Self.first(failure) == .refreshToken)
  }

  @Test func `is an amendment, each once and four at most`() {
    var recovery = Recovery(amendments: ["known"], deadline: nil)
    func fail(_ amendment: String) -> Recovery.Action {
      recovery.attemptFailed(FailedAttempt(.other, amendment: amendment), at: .zero, random: 0)
    }
    #expect(fail("known") == .fail(.asReported))
    #expect(fail("a") == .amend("a"))
    #expect(fail("a") == .fail(.asReported))
    for name in ["b", "c", "d"] { #expect(fail(name) == .amend(name)) }
    #expect(fail("e") == .fail(.asReported))
  }

  @Test func `is the amendment before the wait, and the wait when it changed nothing`() {
    var recovery = Recovery(deadline: nil)
    let failure = FailedAttempt(.stateNotReady, amendment: "inline-replay", stateLag: Self.lag)
    #expect(recovery.attemptFailed(failure, at: .zero, random: 0.5) == .amend("inline-replay"))
    #expect(recovery.amendmentChangedNothing(at: .zero, random: 0.5) == .wait(.seconds(0.5)))
    #expect(recovery.attemptFailed(failure, at: .zero, random: 0.5) == .wait(.seconds(1)))
    #expect(
      recovery.amendmentChangedNothing(at: .zero, random: 0.5) == .fail(.asReported),
      "none was tried")
  }

  @Test func `counts no amendment that changed nothing`() {
    var recovery = Recovery(deadline: nil)
    for number in 0..<20 {
      let failure = FailedAttempt(.other, amendment: "useless-\(number)")
      #expect(
        recovery.attemptFailed(failure, at: .zero, random: 0) == .amend("useless-\(number)"))
      #expect(recovery.amendmentChangedNothing(at: .zero, random: 0) == .fail(.asReported))
    }
  }

  struct StateRow: Sendable, CustomTestStringConvertible {
    let age: FailedAttempt.StateAge
    let reference: FailedAttempt.Reference
    var lag = `What follows a failed attempt`.lag
    let action: Recovery.Action
    var testDescription: String { "\(age) in the \(reference), lag \(lag)" }
  }

  static let states: [StateRow] = [
    StateRow(age: .known(.seconds(3)), reference: .body, action: .wait(.seconds(0.5))),
    StateRow(age: .known(.seconds(3)), reference: .url, action: .wait(.seconds(0.5))),
    StateRow(age: .known(.seconds(60)), reference: .body, action: .fail(.stateLost)),
    StateRow(age: .known(.seconds(60)), reference: .url, action: .fail(.stateLost)),
    StateRow(age: .deleted, reference: .body, action: .fail(.stateLost)),
    StateRow(age: .deleted, reference: .url, action: .fail(.stateLost)),
    StateRow(age: .unknown, reference: .body, action: .wait(.seconds(0.5))),
    StateRow(age: .unknown, reference: .url, action: .fail(.stateNotReady)),
    StateRow(age: .unknown, reference: .body, lag: .zero, action: .fail(.stateNotReady)),
    StateRow(age: .unnamed, reference: .body, lag: .zero, action: .wait(.seconds(0.5))),
    StateRow(age: .unnamed, reference: .url, action: .fail(.stateNotReady)),
  ]

  @Test(arguments: states)
  func `depends on how old the state is, and on who asks for it (E.4)`(row: StateRow) {
    let failure = FailedAttempt(
      .stateNotReady, stateAge: row.age, stateLag: row.lag, reference: row.reference)
    #expect(Self.first(failure) == row.action)
  }

  @Test func `is nothing at the deadline`() {
    let all = [
      FailedAttempt(.credentialRefused, credential: .token(scope: ""), tokenScope: "s"),
      FailedAttempt(.other, amendment: "a"), FailedAttempt(.stateNotReady, stateLag: Self.lag),
    ]
    for failure in all {
      for now in [5.0, 6] {
        let action = Self.first(failure, deadline: .seconds(5), at: .seconds(now))
        #expect(
          action == .fail(.asReported) || action == .fail(.stateNotReady), "\(failure)")
      }
    }
  }
}
