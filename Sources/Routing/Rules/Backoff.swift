/// Waits before a retry, growing with each.
///
/// The wait before the nth retry is random in `0 ... min(initial * multiplier^(n-1), maximum)`: with
/// the defaults (250 ms, 2, 8 s) at most 0.25, 0.5, 1, 2, 4, 8, 8, … seconds. Without jitter it is the
/// upper bound itself.
///
/// - Source: "full jitter" of
///   <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter>, since calls that
///   failed together must not come back together.
package struct Backoff: Sendable, Hashable {
  /// The bound of the first wait.
  package var initial = Duration.milliseconds(250)
  /// The bound of every wait.
  package var maximum = Duration.seconds(8)
  /// What each bound is of the one before; at least 1.
  package var multiplier = 2.0
  /// Whether waits are random below their bounds.
  package var hasJitter = true

  /// The defaults.
  package init() {}

  /// The wait before a retry.
  ///
  /// - Parameters:
  ///   - retry: Which retry at its target, counted from 1.
  ///   - random: Between 0 and 1.
  /// - Returns: The wait, never negative and never above ``maximum``.
  package func wait(beforeRetry retry: Int, random: Double) -> Duration {
    var bound = initial
    var step = 1
    while step < retry, bound < maximum {
      bound = bound * multiplier
      step += 1
    }
    bound = min(bound, maximum)
    return hasJitter ? bound * min(max(random, 0), 1) : bound
  }
}
