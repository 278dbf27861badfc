/// What one target is doing and has done.
struct TargetLoad: Sendable {
  /// Numbers that settle most questions without a look at the clock.
  struct Counts: Sendable {
    /// Attempts under way.
    fileprivate(set) var running = 0
    /// Requests of the last minute, and maybe some that have left it.
    fileprivate var requests = 0
    /// Tokens alike.
    fileprivate var tokens = 0

    /// Whether one more attempt fits for sure: what is counted becomes less by itself.
    func surelyFit(_ tokens: Int, _ limits: CapacityLimits) -> Bool {
      if let most = limits.concurrency, running >= most { return false }
      if let most = limits.requestsPerMinute, requests >= most { return false }
      return limits.tokensPerMinute.map { self.tokens <= $0 - min(tokens, $0) } ?? true
    }
  }

  private(set) var counts = Counts()
  /// The time to the first event.
  private(set) var latency = PeakEWMA()
  private var requests: MinuteWindow?
  private var tokens: MinuteWindow?

  /// How long it takes until one more attempt fits.
  ///
  /// - Returns: Zero where it fits now; nil where that depends on when others end.
  func wait(for tokens: Int, _ limits: CapacityLimits, at now: Duration) -> Duration? {
    if let most = limits.concurrency, counts.running >= most { return nil }
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
    counts.running += 1
    if limits.requestsPerMinute != nil {
      if requests == nil { requests = MinuteWindow() }
      requests?.add(1, at: now)
      counts.requests = requests?.total ?? 0
    }
    if limits.tokensPerMinute != nil {
      if self.tokens == nil { self.tokens = MinuteWindow() }
      self.tokens?.add(tokens, at: now)
      counts.tokens = self.tokens?.total ?? 0
    }
  }

  /// Takes in that an attempt ended.
  mutating func end() { counts.running -= 1 }

  /// Takes in when its answer began.
  mutating func observe(latency sample: Duration, at now: Duration) {
    latency.observe(sample, at: now)
  }

  /// Takes in how many tokens an attempt took beyond the estimate; negative: fewer.
  mutating func correct(tokens excess: Int, begun: Duration, at now: Duration) {
    tokens?.correct(by: excess, countedAt: begun, at: now)
    counts.tokens = tokens?.total ?? 0
  }
}
