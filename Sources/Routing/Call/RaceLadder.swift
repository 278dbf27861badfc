/// The waits between attempts at stored state that is not readable yet.
///
/// The waits are 0.5, 1, 2, 4, 8, 8, 8 and 8 s, each longer or shorter by up to a fifth at random, so
/// that calls which failed together do not come back together: 39.5 s in all, between 31.6 and 47.4.
/// Polled stores were readable after 5.5 to 7 s in the median and 32.7 s at worst.
///
/// - Source: <https://github.com/dotnet/extensions/issues/7704>; the spread is our choice.
package struct RaceLadder: Sendable, Hashable {
  /// The waits, without the spread.
  package static let steps: [Duration] = [
    .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(8),
    .seconds(8), .seconds(8),
  ]
  /// A wait may be longer or shorter than its step by one such part of it.
  package static let spread = 5
  /// The longest wait that an upstream may ask for; who asks for more is not waited for.
  ///
  /// Node's SDK for these upstreams has the same bound.
  package static let longestHint = Duration.seconds(60)

  /// How many waits were taken.
  package private(set) var waits = 0
  /// How long they were together.
  package private(set) var waited = Duration.zero

  /// A ladder at its foot.
  package init() {}

  /// Takes the next wait.
  ///
  /// - Parameters:
  ///   - now: The time since the call began.
  ///   - deadline: When the call must have ended, counted as `now`; nil: never.
  ///   - retryAfter: The least wait that the upstream asked for, or nil.
  ///   - random: Between 0 and 1.
  /// - Returns: How long to wait; nil when the ladder is at its end, or the wait would not end before
  ///   the deadline.
  package mutating func next(
    at now: Duration, deadline: Duration?, retryAfter: Duration? = nil, random: Double
  ) -> Duration? {
    guard waits < Self.steps.count, retryAfter ?? .zero <= Self.longestHint else { return nil }
    let step = Self.steps[waits]
    let spread = step / Self.spread
    let wait = max(step - spread + spread * 2 * min(max(random, 0), 1), retryAfter ?? .zero)
    if let deadline, now + wait >= deadline { return nil }
    waits += 1
    waited += wait
    return wait
  }
}
