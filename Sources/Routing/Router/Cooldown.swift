/// Whether something that failures blamed is left alone.
///
/// Closed, it counts failures in a row. Enough of them within the window open it for a time that grows
/// with each opening. When that has passed, a few attempts find out: an answer closes it, a failure
/// opens it again. A wait that the upstream states opens it as well, counts for nothing, and is over
/// when it is over.
///
/// What began before it was opened says nothing about it: so calls that fail together open it once.
struct Cooldown: Sendable {
  /// An attempt, as far as it tells something.
  struct Attempt {
    /// Whether it is one of those that find out.
    var isProbe: Bool
    /// How many cooldowns of the router had been opened when it began.
    var order: Int
    /// Whether its answer had begun.
    var hasAnswered = false
  }

  private struct Failure {
    let time: Duration
    let hasAnswered: Bool
  }

  /// When it is over; nil: closed.
  private(set) var end: Duration?
  /// Whether the upstream stated when it is over.
  private(set) var isStated = false
  /// Attempts under way that find out.
  private(set) var probes = 0
  /// Whether attempts must find out at the end, or it is just over.
  private var needsProbe = false
  /// How many cooldowns of the router had been opened when it was, this one included.
  private var order = 0
  /// How often it was opened in a row.
  private var openings = 0
  /// The failures in a row.
  private var failures: [Failure] = []

  /// Whether nobody may be asked for its sake.
  func isBlocking(at now: Duration, probes limit: Int) -> Bool {
    guard let end else { return false }
    return now < end || (needsProbe && probes >= limit)
  }

  /// Whether it holds nothing against anybody.
  var isIdle: Bool { end == nil && failures.isEmpty }

  /// Whether nothing would be lost with it.
  ///
  /// One that was opened still knows which attempts say nothing any more.
  var isForgettable: Bool { isIdle && probes == 0 && order == 0 }

  /// Takes in that an attempt begins.
  ///
  /// - Returns: Whether it is one of those that find out.
  mutating func begin(at now: Duration, probes limit: Int) -> Bool {
    guard let end, now >= end else { return false }
    guard needsProbe else {
      close()
      return false
    }
    guard probes < limit else { return false }
    probes += 1
    return true
  }

  /// Takes in that an attempt showed it to be sound.
  ///
  /// - Parameters:
  ///   - attempt: The attempt.
  ///   - isWhole: Whether its answer is whole: one that began may yet break, and then nothing was won.
  /// - Returns: Whether it was open and is closed now.
  mutating func succeed(_ attempt: Attempt, isWhole: Bool) -> Bool {
    if attempt.isProbe { probes -= 1 }
    guard end == nil || attempt.order >= order else { return false }
    failures.removeAll { isWhole || !$0.hasAnswered }
    openings = 0
    defer { close() }
    return end != nil
  }

  /// Takes in that an attempt ended without telling anything.
  mutating func abandon(_ attempt: Attempt) {
    if attempt.isProbe { probes -= 1 }
  }
}

// MARK: - Failures

extension Cooldown {
  /// A wait that the upstream states.
  struct Stated {
    let end: Duration
    /// Whether attempts must find out at the end.
    let needsProbe: Bool
  }

  /// Takes in that an attempt's failure blames it.
  ///
  /// - Parameters:
  ///   - attempt: The attempt.
  ///   - now: The time.
  ///   - stated: What the upstream states; a time that is over counts for nothing.
  ///   - policy: What opens it, and for how long.
  ///   - opened: How many cooldowns of the router will have been opened, with this one.
  /// - Returns: Whether it was opened by that.
  mutating func fail(
    _ attempt: Attempt, at now: Duration, stated: Stated?, _ policy: CooldownPolicy, opened: Int
  ) -> Bool {
    if attempt.isProbe { probes -= 1 }
    let isOpen = end.map { needsProbe || now < $0 } ?? false
    if let stated, stated.end > now {
      guard stated.end > end ?? .zero else { return false }
      // What had to be found out before must be found out still.
      open(
        until: stated.end, needsProbe: stated.needsProbe || (isOpen && needsProbe), isStated: true,
        opened)
      return true
    }
    if isOpen {
      guard attempt.isProbe, attempt.order >= order else { return false }
    } else {
      // An attempt from before it was opened last says nothing about now.
      guard attempt.order >= order else { return false }
      failures.removeAll { now - $0.time > policy.window }
      failures.append(Failure(time: now, hasAnswered: attempt.hasAnswered))
      guard failures.count >= policy.failures else { return false }
    }
    openings += 1
    failures.removeAll(keepingCapacity: true)
    open(
      until: now + policy.length(ofOpening: openings), needsProbe: true, isStated: false, opened)
    return true
  }

  private mutating func open(
    until end: Duration, needsProbe: Bool, isStated: Bool, _ opened: Int
  ) {
    self.end = end
    self.needsProbe = needsProbe
    self.isStated = isStated
    order = opened
  }

  private mutating func close() {
    end = nil
    needsProbe = false
    isStated = false
  }
}
