import Testing

@testable import Routing

@Suite struct `A cooldown` {
  /// One, and what happens to it at which second.
  private final class Case {
    var cooldown = Cooldown()
    var policy = CooldownPolicy()
    var opened = 0

    func fail(
      at second: Double, isProbe: Bool = false, began: Int? = nil, stated: Double? = nil,
      needsProbe: Bool = false, hasAnswered: Bool = false
    ) -> Bool {
      let hasOpened = cooldown.fail(
        Cooldown.Attempt(isProbe: isProbe, order: began ?? opened, hasAnswered: hasAnswered),
        at: .seconds(second),
        stated: stated.map { Cooldown.Stated(end: .seconds($0), needsProbe: needsProbe) }, policy,
        opened: opened + 1)
      if hasOpened { opened += 1 }
      return hasOpened
    }

    func succeed(
      isProbe: Bool = false, began: Int? = nil, isWhole: Bool = true
    ) -> Bool {
      cooldown.succeed(
        Cooldown.Attempt(isProbe: isProbe, order: began ?? opened), isWhole: isWhole)
    }

    func begin(at second: Double) -> Bool {
      cooldown.begin(at: .seconds(second), probes: policy.probes)
    }

    func isBlocking(at second: Double) -> Bool {
      cooldown.isBlocking(at: .seconds(second), probes: policy.probes)
    }

    /// Open since 0 s for 30 s.
    static var open: Case {
      let open = Case()
      open.policy.failures = 1
      _ = open.fail(at: 0)
      return open
    }
  }

  @Test(arguments: [1, 2, 3, 10])
  func `opens at so many failures in a row`(failures: Int) {
    let test = Case()
    test.policy.failures = failures
    for failure in 1..<failures {
      #expect(!test.fail(at: Double(failure)))
      #expect(!test.isBlocking(at: Double(failure)))
    }
    let opens = test.fail(at: 20)
    #expect(opens)
    #expect(test.isBlocking(at: 49.9) && !test.isBlocking(at: 50))
  }

  @Test(arguments: [(59.0, true), (60, true), (60.1, false)])
  func `counts the failures within the window`(last: Double, opens: Bool) {
    let test = Case()
    _ = (test.fail(at: 0), test.fail(at: 1))
    #expect(test.fail(at: last) == opens)
  }

  @Test func `begins the row anew after an answer`() {
    let test = Case()
    _ = (test.fail(at: 0), test.fail(at: 1))
    #expect(!test.succeed())
    _ = (test.fail(at: 2), test.fail(at: 3))
    #expect(test.cooldown.end == nil)
    #expect(test.fail(at: 4))
  }

  @Test func `is opened by answers that begin and always break`() {
    let test = Case()
    for second in [0.0, 1] {
      _ = test.succeed(isWhole: false)
      #expect(!test.fail(at: second, hasAnswered: true))
    }
    _ = test.succeed(isWhole: false)
    #expect(test.fail(at: 2, hasAnswered: true))
  }

  @Test func `forgets refusals when an answer begins, and breaks when one is whole`() {
    let test = Case()
    _ = (test.fail(at: 0), test.fail(at: 0), test.succeed(isWhole: false))
    #expect(test.cooldown.isForgettable)
    _ = (test.fail(at: 0, hasAnswered: true), test.succeed(isWhole: false))
    #expect(!test.cooldown.isForgettable)
    _ = test.succeed(isWhole: true)
    #expect(test.cooldown.isForgettable)
  }

  @Test func `lasts twice as long each time a probe fails, up to its maximum`() {
    let test = Case.open
    var end = 30.0
    for length in [60.0, 120, 240, 480, 600, 600] {
      #expect(test.isBlocking(at: end - 0.1))
      let isProbe = test.begin(at: end)
      #expect(isProbe)
      let opens = test.fail(at: end, isProbe: true)
      #expect(opens)
      end += length
    }
    #expect(test.cooldown.end == .seconds(end))
  }

  @Test func `lasts the first time again after an answer`() {
    let test = Case.open
    _ = (test.begin(at: 30), test.fail(at: 30, isProbe: true), test.begin(at: 90))
    let closes = test.succeed(isProbe: true)
    #expect(closes)
    #expect(test.fail(at: 100))
    #expect(test.cooldown.end == .seconds(130))
  }

  @Test(arguments: [1, 2, 5]) func `lets so many probes find out`(probes: Int) {
    let test = Case.open
    test.policy.probes = probes
    for _ in 0..<probes {
      #expect(!test.isBlocking(at: 31))
      let isProbe = test.begin(at: 31)
      #expect(isProbe)
    }
    #expect(test.isBlocking(at: 31))
    let isProbe = test.begin(at: 31)
    #expect(!isProbe, "whoever is asked all the same is none")
    #expect(test.cooldown.probes == probes)
  }

  @Test func `gives the place of a probe back that told nothing`() {
    let test = Case.open
    _ = test.begin(at: 30)
    test.cooldown.abandon(Cooldown.Attempt(isProbe: true, order: 1))
    #expect(test.cooldown.probes == 0 && !test.isBlocking(at: 30))
    test.cooldown.abandon(Cooldown.Attempt(isProbe: false, order: 1))
    #expect(test.cooldown.probes == 0)
  }

  @Test func `grows once when several probes fail`() {
    let test = Case.open
    test.policy.probes = 3
    let began = test.opened
    _ = (test.begin(at: 30), test.begin(at: 30), test.begin(at: 30))
    #expect(test.fail(at: 31, isProbe: true, began: began))
    #expect(!test.fail(at: 32, isProbe: true, began: began))
    #expect(!test.fail(at: 33, isProbe: true, began: began))
    #expect(test.cooldown.end == .seconds(91) && test.cooldown.probes == 0)
  }

  @Test func `hears nothing from attempts that began before it was opened`() {
    let test = Case.open
    #expect(!test.succeed(began: 0))
    #expect(!test.fail(at: 10, began: 0))
    #expect(test.cooldown.end == .seconds(30))
  }

  @Test func `is closed by whoever was asked all the same, and does not grow by that`() {
    let test = Case.open
    #expect(!test.begin(at: 10))
    #expect(!test.fail(at: 11))
    #expect(test.cooldown.end == .seconds(30))
    #expect(!test.begin(at: 12))
    let closes = test.succeed()
    #expect(closes)
    #expect(test.cooldown.isIdle)
  }

  @Test func `is over at the end that the upstream states, without a probe`() {
    let test = Case()
    #expect(test.fail(at: 0, stated: 5))
    #expect(test.cooldown.isStated && test.isBlocking(at: 4.9) && !test.isBlocking(at: 5))
    #expect(!test.begin(at: 5))
    #expect(test.cooldown.end == nil)
  }

  @Test func `keeps the row of failures over a stated wait`() {
    let test = Case()
    _ = (test.fail(at: 0), test.fail(at: 1), test.fail(at: 2, stated: 5))
    _ = test.begin(at: 6)
    #expect(test.fail(at: 7), "the third that stated nothing")
  }

  @Test func `counts a failure that comes when a stated wait is over`() {
    let test = Case()
    test.policy.failures = 1
    _ = test.fail(at: 0, stated: 5)
    #expect(test.fail(at: 6))
    #expect(test.cooldown.end == .seconds(36))
  }

  @Test(arguments: [0.0, -1]) func `counts where the stated wait is none`(stated: Double) {
    let test = Case()
    test.policy.failures = 2
    #expect(!test.fail(at: 1, stated: 1 + stated))
    #expect(test.fail(at: 2, stated: 2 + stated))
  }

  @Test func `is never cut short by a stated wait or a failure`() {
    let test = Case()
    test.policy.failures = 1
    _ = test.fail(at: 0, stated: 3600, needsProbe: true)
    #expect(!test.fail(at: 1, stated: 10))
    #expect(!test.fail(at: 2))
    #expect(test.cooldown.end == .seconds(3600))
    #expect(test.isBlocking(at: 3599))
  }

  @Test func `must still be found out when a stated wait makes it longer`() {
    let test = Case.open
    #expect(test.fail(at: 10, began: 0, stated: 40))
    let isProbe = test.begin(at: 40)
    #expect(isProbe)
    #expect(test.isBlocking(at: 40))
  }
}

@Suite struct `The length of a cooldown` {
  @Test(arguments: zip(1...9, [30, 60, 120, 240, 480, 600, 600, 600, 600]))
  func `doubles with each opening, up to the maximum`(opening: Int, seconds: Int) {
    #expect(CooldownPolicy().length(ofOpening: opening) == .seconds(seconds))
  }

  @Test(arguments: [1, 5, 1_000_000])
  func `is the maximum where that is shorter, and none where it is none`(opening: Int) {
    var policy = CooldownPolicy()
    policy.maximum = .seconds(10)
    #expect(policy.length(ofOpening: opening) == .seconds(10))
    policy.duration = .zero
    #expect(policy.length(ofOpening: opening) == .zero)
  }
}
