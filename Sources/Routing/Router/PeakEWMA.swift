/// How long a target takes to its first event: a mean in which what is old fades, and a peak counts at
/// once.
///
/// After a time of t the mean counts for the share `10 s / (10 s + t)` of itself; a sample above it
/// replaces it, and one below is weighed with it by that share. So a target that has become slow is left
/// at once, and asked again by and by although nobody measured it meanwhile.
///
/// - Source: the peak EWMA of Finagle's load balancers,
///   <https://twitter.github.io/finagle/guide/Clients.html#power-of-two-choices-p2c-least-loaded>, with
///   a decay that needs no exponential.
struct PeakEWMA: Sendable {
  private static let decay = Duration.seconds(10)

  private var value: Duration?
  private var stamp = Duration.zero

  /// The mean, faded by the time since the last sample; nil before the first.
  func mean(at now: Duration) -> Duration? { value.map { $0 * share(at: now) } }

  /// Takes in a sample.
  mutating func observe(_ sample: Duration, at now: Duration) {
    defer { stamp = max(now, stamp) }
    guard let value, sample < value else { return self.value = sample }
    let share = share(at: now)
    self.value = value * share + sample * (1 - share)
  }

  private func share(at now: Duration) -> Double {
    Self.decay / (Self.decay + max(now - stamp, .zero))
  }
}
