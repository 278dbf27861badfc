import Testing

@testable import Routing

@Suite struct `The time to the first event` {
  private static let start = Duration.seconds(100)

  @Test func `is unknown before the first sample`() {
    #expect(PeakEWMA().mean(at: Self.start) == nil)
  }

  @Test func `is the first sample, then each that is above the mean at once`() {
    var latency = PeakEWMA()
    for milliseconds in [200, 300, 5000] {
      latency.observe(.milliseconds(milliseconds), at: Self.start)
      #expect(latency.mean(at: Self.start) == .milliseconds(milliseconds))
    }
  }

  @Test(arguments: [(0, 4000), (10, 2500), (30, 1750)])
  func `weighs a sample below the mean the more the older the mean is`(pause: Int, mean: Int) {
    var latency = PeakEWMA()
    let now = Self.start + .seconds(pause)
    latency.observe(.seconds(4), at: Self.start)
    latency.observe(.seconds(1), at: now)
    #expect(latency.mean(at: now) == .milliseconds(mean))
  }

  @Test(arguments: [(0, 5000), (10, 2500), (90, 500)])
  func `fades while nobody measures it`(pause: Int, mean: Int) {
    var latency = PeakEWMA()
    latency.observe(.seconds(5), at: Self.start)
    #expect(latency.mean(at: Self.start + .seconds(pause)) == .milliseconds(mean))
  }

  @Test func `lies between its samples, over 10,000 random ones`() throws {
    var generator = SeededGenerator(seed: 4)
    var latency = PeakEWMA()
    var now = Self.start
    for _ in 0..<10_000 {
      now += .milliseconds(Int.random(in: 0..<5000, using: &generator))
      let sample = Duration.milliseconds(Int.random(in: 100..<900, using: &generator))
      latency.observe(sample, at: now)
      let mean = try #require(latency.mean(at: now))
      guard mean >= sample, mean < .milliseconds(900) else {
        Issue.record("a mean of \(mean) after \(sample)")
        return
      }
    }
  }
}
