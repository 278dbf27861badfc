/// How many retries a provider may be given: a share of what it is asked anyway, and a few besides.
///
/// Each call adds a share of one retry, which fades with a time of 10 s; a reserve of 10, refilled by
/// one a second, lets those retry who ask seldom. In an outage a provider is so given little more than
/// its usual traffic.
///
/// - Source: `RetryBudget` of Finagle (a share of 0.2, kept for 10 s, and a least rate) and the retry
///   budgets of Envoy,
///   <https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto>; the
///   reserve is our choice.
struct RetryBudget: Sendable {
  private static let decay = Duration.seconds(10)
  private static let reserveLimit = 10.0

  private var share = 0.0
  private var reserve = RetryBudget.reserveLimit
  private var stamp = Duration.zero

  /// Takes in the first attempt of a call at the provider.
  mutating func add(_ share: Double, at now: Duration) {
    advance(to: now)
    self.share += share
  }

  /// Takes a retry out.
  ///
  /// - Returns: False where there is none.
  mutating func withdraw(at now: Duration) -> Bool {
    advance(to: now)
    if share >= 1 {
      share -= 1
      return true
    }
    guard reserve >= 1 else { return false }
    reserve -= 1
    return true
  }

  private mutating func advance(to now: Duration) {
    let passed = now - stamp
    guard passed > .zero else { return }
    stamp = now
    share *= Self.decay / (Self.decay + passed)
    reserve = min(Self.reserveLimit, reserve + passed / .seconds(1))
  }
}
