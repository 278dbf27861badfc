import Testing

@testable import Routing

@Suite struct `Room for a call that waits` {
  private let stage = Stage()

  private func plan(_ model: String, _ names: [String], fallback: String? = nil) -> RoutePlan {
    stage.plan(
      model, names.map { stage.target($0, limits: { $0.concurrency = 1 }) },
      fallbacks: { $0.any = fallback.map { [$0] } ?? [] })
  }

  private func hasRoom(_ call: StagedCall) -> Bool {
    call.machine.hasRoom(in: stage.router, at: stage.now)
  }

  @Test func `is there once an attempt at its target has ended`() {
    let plan = plan("m", ["a"])
    let (first, second) = (stage.call(to: plan), stage.call(to: plan))
    _ = first.start()
    #expect(second.start() == .waits(.seconds(20), .capacity))
    #expect(!hasRoom(second))
    first.isCancelled()
    #expect(hasRoom(second))
  }

  @Test func `is there at a fallback too`() {
    _ = plan("n", ["b"])
    let plan = plan("m", ["a"], fallback: "n")
    let calls = (0..<3).map { _ in stage.call(to: plan) }
    #expect(calls.map { $0.start() }.count { if case .asks = $0 { true } else { false } } == 2)
    #expect(!hasRoom(calls[2]))
    calls[1].isCancelled()
    #expect(hasRoom(calls[2]))
  }

  @Test func `is not where another model has some`() {
    let (own, other) = (plan("m", ["a"]), plan("n", ["b"]))
    let (first, second, third) = (stage.call(to: own), stage.call(to: other), stage.call(to: own))
    _ = (first.start(), second.start(), third.start())
    second.isCancelled()
    #expect(!hasRoom(third))
  }

  @Test func `is not at a target that has failed for it, or is left alone`() {
    let plan = plan("m", ["a", "b"])
    let (holder, call) = (stage.call(to: plan), stage.call(to: plan))
    #expect(holder.start() == .asks("a", .strategy(.priority)))
    #expect(call.start() == .asks("b", .next))
    #expect(
      call.fails(.quota, .credential, retryAfter: .seconds(5)) == .waits(.seconds(20), .capacity))
    let late = stage.call(to: plan)
    _ = late.start()
    #expect(!hasRoom(call) && !hasRoom(late), "b is left alone")
    stage.now += .seconds(6)
    #expect(!hasRoom(call), "b has failed for it")
    #expect(hasRoom(late))
    holder.isCancelled()
    #expect(hasRoom(call) && hasRoom(late))
  }

  @Test func `is only where an answer goes on`() {
    let plan = stage.plan(
      "m", ["a", "b"].map { stage.target($0, limits: { $0.concurrency = 1 }) })
    let call = stage.call(to: plan)
    _ = call.start()
    call.answers()
    _ = call.breaks()
    let other = stage.call(to: plan)
    #expect(other.start() == .asks("a", .strategy(.priority)))
    #expect(call.waited(.seconds(1)) == .waits(.seconds(20), .capacity))
    #expect(!hasRoom(call), "b cannot give the rest")
    other.isCancelled()
    #expect(hasRoom(call))
  }

  /// Whoever is told that there is room is sent, and nobody else.
  @Test func `is there exactly when a call would be sent`() {
    var random = SeededGenerator(seed: 7)
    _ = plan("n", ["c"])
    let plan = plan("m", ["a", "b"], fallback: "n")
    var calls: [StagedCall] = []
    var (sent, stayed) = (0, 0)
    for _ in 0..<4000 {
      stage.now += .milliseconds(Int.random(in: 0..<40, using: &random))
      if calls.count < 8, Bool.random(using: &random) {
        let call = stage.call(to: plan)
        if case .ends = call.start() { continue }
        calls.append(call)
        continue
      }
      guard let index = calls.indices.randomElement(using: &random) else { continue }
      let call = calls[index]
      guard case .pausing(nil) = call.machine.state else {
        call.isCancelled()
        calls.remove(at: index)
        continue
      }
      let hasRoom = hasRoom(call)
      switch call.waited(.zero) {
      case .asks:
        #expect(hasRoom)
        sent += 1
      case .waits:
        #expect(!hasRoom)
        stayed += 1
      case .mends, .ends: calls.remove(at: index)
      }
    }
    #expect(sent > 100 && stayed > 100, "\(sent) \(stayed)")
  }
}
