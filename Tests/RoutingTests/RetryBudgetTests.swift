import Testing

@testable import Routing

@Suite struct `A budget of retries` {
  @Test func `has ten in reserve, and one more a second`() {
    var budget = RetryBudget()
    #expect(budget.retries(at: .zero) == 10)
    #expect(budget.retries(at: .milliseconds(900)) == 0)
    #expect(budget.retries(at: .seconds(1)) == 1)
    #expect(budget.retries(at: .seconds(4)) == 3)
    #expect(budget.retries(at: .seconds(1000)) == 10, "the reserve has a limit")
  }

  @Test(arguments: [(0.2, 20), (0, 0), (1, 100)])
  func `grows by a share of each call`(share: Double, retries: Int) {
    var budget = RetryBudget()
    _ = budget.retries(at: .zero)
    // A little more, since fractions of two do not sum up to a whole.
    for _ in 0..<100 { budget.add(share * 1.0001, at: .zero) }
    #expect(budget.retries(at: .zero) == retries)
  }

  @Test(arguments: [(0, 20), (10, 20), (30, 15), (90, 12)])
  func `forgets the share of calls as they age, to half in 10 s`(seconds: Int, retries: Int) {
    var budget = RetryBudget()
    _ = budget.retries(at: .zero)
    for _ in 0..<100 { budget.add(0.20001, at: .zero) }
    // With what the reserve has got back meanwhile.
    #expect(budget.retries(at: .seconds(seconds)) == retries)
  }

  @Test func `takes the share before the reserve`() {
    var budget = RetryBudget()
    for _ in 0..<5 { budget.add(0.21, at: .zero) }
    let first = budget.withdraw(at: .zero)
    #expect(first)
    #expect(budget.retries(at: .zero) == 10)
  }

  @Test(arguments: [1, 10, 100])
  func `lets an outage add a fifth to steady traffic, and one a second`(perSecond: Int) {
    var budget = RetryBudget()
    var retries = 0
    for call in 0..<100 * perSecond {
      let now = Duration.seconds(call) / perSecond
      budget.add(0.2, at: now)
      while budget.withdraw(at: now) { retries += 1 }
    }
    let most = 10 + 100 + 100 * perSecond / 5
    #expect(retries <= most, "what is in reserve, one a second, and a fifth")
    #expect(retries >= most - 10 - perSecond)
  }
}

extension RetryBudget {
  /// Takes out all that may be had now.
  fileprivate mutating func retries(at now: Duration) -> Int {
    var retries = 0
    while withdraw(at: now) { retries += 1 }
    return retries
  }
}
