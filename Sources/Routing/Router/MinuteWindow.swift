/// Counts what happened within the last minute, to a second.
///
/// Sixty counters, one a second: what is counted leaves the window 60 to 61 s after it happened, so
/// that the minute of an upstream that counts otherwise is never exceeded.
struct MinuteWindow: Sendable {
  private static let length = 60

  private var seconds = [Int](repeating: 0, count: MinuteWindow.length)
  /// The second that was counted last.
  private var newest = 0
  private(set) var total = 0

  /// Counts some more; fewer than none corrects an estimate.
  mutating func add(_ amount: Int, at now: Duration) {
    advance(to: now)
    let slot = newest % Self.length
    let corrected = max(seconds[slot] + amount, 0)
    total += corrected - seconds[slot]
    seconds[slot] = corrected
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

  private mutating func advance(to now: Duration) {
    let second = Self.second(now)
    guard second > newest else { return }
    if second - newest >= Self.length {
      seconds = [Int](repeating: 0, count: Self.length)
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
