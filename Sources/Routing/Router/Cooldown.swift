/// Whether something that failures blamed is left alone.
///
/// Closed, it counts failures in a row. Enough of them within the window open it for a time that grows
/// with each opening. When that has passed, a few attempts find out: an answer closes it, a failure
/// opens it again. A wait that the upstream states opens it as well, counts for nothing, and is over
/// when it is over.
struct Cooldown: Sendable {
  /// When it is over; nil: closed.
  private(set) var end: Duration?
  /// Whether attempts must find out at the end, or it is just over.
  private var needsProbe = false
  private var openedAt = Duration.zero
  /// Attempts under way that will tell.
  private var probes = 0
  /// How often it was opened in a row.
  private var openings = 0
  /// When the failures in a row happened.
  private var failures: [Duration] = []

  /// Whether nobody may be asked for its sake.
  func isBlocking(at now: Duration, probes limit: Int) -> Bool {
    guard let end else { return false }
    return now < end || (needsProbe && probes >= limit)
  }

  /// Whether the next attempt finds out whether it is over.
  func isHalfOpen(at now: Duration) -> Bool { end.map { now >= $0 && needsProbe } ?? false }

  /// Whether the upstream stated when it is over.
  var isStated: Bool { end != nil && !needsProbe }

  /// Takes in that an attempt begins.
  ///
  /// - Returns: Whether its end tells whether the cooldown is over.
  mutating func begin(at now: Duration) -> Bool {
    guard let end else { return false }
    if now >= end, !needsProbe {
      self.end = nil
      return false
    }
    probes += 1
    return true
  }

  /// Takes in that an attempt showed it to be sound.
  ///
  /// - Returns: Whether it was open and is closed now.
  mutating func succeed(isProbe: Bool) -> Bool {
    if isProbe { probes -= 1 }
    // An attempt from before it was opened says nothing about now.
    guard end == nil || isProbe else { return false }
    failures.removeAll(keepingCapacity: true)
    openings = 0
    defer { end = nil }
    return end != nil
  }

  /// Takes in that an attempt that tells ended without telling.
  mutating func abandon(isProbe: Bool) {
    if isProbe { probes -= 1 }
  }

  /// Takes in that an attempt's failure blames it.
  ///
  /// - Returns: Whether it was opened by that.
  mutating func fail(
    at now: Duration, isProbe: Bool, statedEnd: Duration?, needsProbe: Bool,
    _ policy: CooldownPolicy
  ) -> Bool {
    if isProbe { probes -= 1 }
    if let statedEnd {
      guard statedEnd > end ?? .zero else { return false }
      open(until: statedEnd, at: now, needsProbe: needsProbe)
      return true
    }
    guard end == nil || isProbe else { return false }
    failures.removeAll { now - $0 > policy.window }
    failures.append(now)
    guard isProbe || failures.count >= policy.failures else { return false }
    openings += 1
    open(until: now + policy.length(ofOpening: openings), at: now, needsProbe: true)
    return true
  }

  private mutating func open(until end: Duration, at now: Duration, needsProbe: Bool) {
    self.end = end
    self.needsProbe = needsProbe
    openedAt = now
    failures.removeAll(keepingCapacity: true)
  }
}
