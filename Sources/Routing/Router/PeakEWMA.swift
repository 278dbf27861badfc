/// How long a target takes to its first event: a mean in which what is old fades, and a peak counts at
/// once.
///
/// With a sample after a pause of t the old mean keeps the share `10 s / (10 s + t)`; a sample above the
/// mean replaces it. So a target that has become slow is left at once, and forgiven by and by.
///
/// - Source: the peak EWMA of Finagle's load balancers,
///   <https://twitter.github.io/finagle/guide/Clients.html#power-of-two-choices-p2c-least-loaded>, with
///   a decay that needs no exponential.
struct PeakEWMA: Sendable {
  private static let decay = Duration.seconds(10)

  /// The mean; nil before the first sample.
  private(set) var mean: Duration?
  private var stamp = Duration.zero

  /// Takes in a sample.
  mutating func observe(_ sample: Duration, at now: Duration) {
    defer { stamp = max(now, stamp) }
    guard let mean, sample < mean else { return self.mean = sample }
    let share = Self.decay / (Self.decay + max(now - stamp, .zero))
    self.mean = mean * share + sample * (1 - share)
  }
}
