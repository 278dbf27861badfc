/// Counts what happened within the last minute, to a second.
///
/// One counter a second, for 61 of them: what is counted leaves the window 60 to 61 s after it happened,
/// so that no 60 s hold more than the limit, wherever they begin.
struct MinuteWindow: Sendable {
  private static let length = 61

  private var seconds = [Int](repeating: 0, count: MinuteWindow.length)
  /// The second that was counted last.
  private var newest = 0
  private(set) var total = 0

  /// Counts some more.
  mutating func add(_ amount: Int, at now: Duration) {
    advance(to: now)
    change(newest, by: amount)
  }

  /// Corrects what was counted: more counts now, fewer are taken off where they were counted.
  mutating func correct(by amount: Int, countedAt then: Duration, at now: Duration) {
    advance(to: now)
    let second = amount < 0 ? Self.second(then) : newest
    if second > newest - Self.length { change(second, by: amount) }
  }

  /// How long it takes until so much more fits.
  ///
  /// - Parameters:
  ///   - amount: How much; more than the limit fits where nothing else is counted.
  ///   - limit: The most within a minute.
  ///   - now: The time.
  /// - Returns: Zero where it fits now.
  func wait(for amount: Int, within limit: Int, at now: Duration) -> Duration {
    let second = max(Self.second(now), newest)
    let excess = total - staleTotal(at: second) + min(amount, limit) - limit
    guard excess > 0 else { return .zero }
    var freed = 0
    for step in 1...Self.length {
      freed += count(ofSecond: second - Self.length + step, at: second)
      if freed >= excess { return .seconds(second + step) - now }
    }
    return .seconds(Self.length)
  }

  /// What is counted but has left the window.
  private func staleTotal(at second: Int) -> Int {
    guard second > newest else { return 0 }
    if second - newest >= Self.length { return total }
    return (newest - Self.length + 1...second - Self.length).reduce(0) { sum, old in
      sum + (old < 0 ? 0 : seconds[old % Self.length])
    }
  }

  private func count(ofSecond old: Int, at second: Int) -> Int {
    guard old >= 0, old <= newest, old > second - Self.length, old > newest - Self.length else {
      return 0
    }
    return seconds[old % Self.length]
  }

  private mutating func change(_ second: Int, by amount: Int) {
    let slot = second % Self.length
    let corrected = max(seconds[slot] + amount, 0)
    total += corrected - seconds[slot]
    seconds[slot] = corrected
  }

  private mutating func advance(to now: Duration) {
    let second = Self.second(now)
    guard second > newest else { return }
    if second - newest >= Self.length {
      for slot in seconds.indices { seconds[slot] = 0 }
      total = 0
    } else {
      for passed in newest + 1...second {
        total -= seconds[passed % Self.length]
        seconds[passed % Self.length] = 0
      }
    }
    newest = second
  }

  private static func second(_ time: Duration) -> Int { max(Int(time.components.seconds), 0) }
}
