/// What one target is doing and has done.
struct TargetLoad: Sendable {
  /// Attempts under way.
  private(set) var running = 0
  /// The time to the first event.
  private(set) var latency = PeakEWMA()
  private var requests: MinuteWindow?
  private var tokens: MinuteWindow?

  /// How long it takes until one more attempt fits.
  ///
  /// - Returns: Zero where it fits now; nil where that depends on when others end.
  func wait(for tokens: Int, _ limits: CapacityLimits, at now: Duration) -> Duration? {
    if let most = limits.concurrency, running >= most { return nil }
    var wait = Duration.zero
    if let most = limits.requestsPerMinute, let requests {
      wait = requests.wait(for: 1, within: most, at: now)
    }
    if let most = limits.tokensPerMinute, let window = self.tokens {
      wait = max(wait, window.wait(for: tokens, within: most, at: now))
    }
    return wait
  }

  /// Takes in that an attempt begins.
  mutating func begin(_ tokens: Int, _ limits: CapacityLimits, at now: Duration) {
    running += 1
    if limits.requestsPerMinute != nil {
      requests = requests ?? MinuteWindow()
      requests?.add(1, at: now)
    }
    if limits.tokensPerMinute != nil {
      self.tokens = self.tokens ?? MinuteWindow()
      self.tokens?.add(tokens, at: now)
    }
  }

  /// Takes in that an attempt ended.
  mutating func end() { running -= 1 }

  /// Takes in when its answer began.
  mutating func observe(latency sample: Duration, at now: Duration) {
    latency.observe(sample, at: now)
  }

  /// Takes in how many tokens an attempt took beyond the estimate; negative: fewer.
  mutating func correct(tokens excess: Int, begun: Duration, at now: Duration) {
    tokens?.correct(by: excess, countedAt: begun, at: now)
  }
}
