import Synchronization
import Testing

@testable import TransportHost

/// Numbers from a seed, so that a storm can be repeated.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    // SplitMix64, by Steele, Lea and Flood.
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// A source that counts how many runs are under way, and fails at random.
private final class StormySource: Sendable {
  private struct State {
    var random: Seeded
    var running = 0
    var most = 0
    var asked = 0
    var issued: Set<String> = []
  }

  private let state: Mutex<State>

  init(seed: UInt64) { state = Mutex(State(random: Seeded(seed))) }

  var most: Int { state.withLock { $0.most } }
  var running: Int { state.withLock { $0.running } }
  var asked: Int { state.withLock { $0.asked } }
  func issued(_ token: String) -> Bool { state.withLock { $0.issued.contains(token) } }

  func token() async throws(CallError) -> IssuedToken {
    let (number, yields, fate, life) = state.withLock { state in
      state.asked += 1
      state.running += 1
      state.most = max(state.most, state.running)
      return (
        state.asked, Int.random(in: 0...20, using: &state.random),
        Int.random(in: 0..<10, using: &state.random),
        Int.random(in: 1...400, using: &state.random)
      )
    }
    for _ in 0..<yields where !Task.isCancelled { await Task.yield() }
    state.withLock { state in
      state.running -= 1
      state.issued.insert("token-\(number)")
    }
    if Task.isCancelled { throw .credentialCancelled }
    if fate < 2 { throw CallError(.auth, "no luck") }
    return IssuedToken(
      secret: Secret("token-\(number)", name: "t"), lifetime: .seconds(life), renewal: nil)
  }
}

@Suite(.timeLimit(.minutes(1))) struct `Many calls need one token` {
  /// Runs that were cancelled may still be winding down beside their successor; without cancellations
  /// there is never more than one.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64], [false, true])
  func `two hundred tasks, in any order, each end with a token that is good`(
    seed: UInt64, cancels: Bool
  ) async throws {
    let clock = FakeClock()
    let source = StormySource(seed: seed)
    let cell = TokenCell(clock: clock) { () async throws(CallError) in try await source.token() }
    var random = Seeded(seed &* 31)
    let plans = (0..<200).map { _ in
      (turns: Int.random(in: 1...6, using: &random), seed: random.next())
    }
    await withTaskGroup(of: Void.self) { group in
      for plan in plans {
        group.addTask { await Self.caller(plan, cell, source, clock) }
      }
      if cancels {
        var random = Seeded(seed &* 77)
        for _ in 0..<Int.random(in: 0...200, using: &random) { await Task.yield() }
        group.cancelAll()
      }
    }
    #expect(cell.waiting == 0)
    await until { source.running == 0 }
    if !cancels { #expect(source.most == 1) }
    #expect(source.asked > 0)
    // It still works for whoever comes after the storm.
    clock.advance(by: .seconds(100))
    var last: HeldToken?
    while last == nil {
      last = try? await cell.token()
      clock.advance(by: .seconds(61))
    }
    #expect(last != nil)
  }

  private static func caller(
    _ plan: (turns: Int, seed: UInt64), _ cell: TokenCell, _ source: StormySource,
    _ clock: FakeClock
  ) async {
    var random = Seeded(plan.seed)
    var refused: Int?
    for _ in 0..<plan.turns {
      for _ in 0..<Int.random(in: 0...10, using: &random) { await Task.yield() }
      if Int.random(in: 0..<8, using: &random) == 0 { clock.advance(by: .seconds(40)) }
      let before = clock.now
      do throws(CallError) {
        let held = try await cell.token(replacing: refused)
        let name = held.token.secret.withValue(\.self)
        // The clock is moved by others meanwhile: what counts is the time at which it was asked for.
        #expect(held.end > before, "\(name) had ended when it was asked for")
        #expect(source.issued(name), "\(name) came from nowhere")
        refused = Int.random(in: 0..<4, using: &random) == 0 ? held.number : nil
      } catch {
        #expect(error.code == .auth || (error.code == .cancelled && Task.isCancelled), "\(error)")
        refused = nil
      }
    }
  }
}
