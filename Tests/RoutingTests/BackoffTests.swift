import Routing
import Testing

@Suite struct `The wait before a retry` {
  @Test(arguments: zip(1...8, [250, 500, 1000, 2000, 4000, 8000, 8000, 8000]))
  func `is at most its bound, which doubles up to the greatest`(retry: Int, milliseconds: Int) {
    let backoff = Backoff()
    #expect(backoff.wait(beforeRetry: retry, random: 1) == .milliseconds(milliseconds))
    #expect(backoff.wait(beforeRetry: retry, random: 0.5) == .milliseconds(milliseconds) / 2)
    #expect(backoff.wait(beforeRetry: retry, random: 0) == .zero)
  }

  @Test(arguments: [0, 0.3, 1]) func `is the bound itself without jitter`(random: Double) {
    var backoff = Backoff()
    backoff.hasJitter = false
    #expect(backoff.wait(beforeRetry: 3, random: random) == .seconds(1))
  }

  @Test(arguments: [(-2.0, 0), (1.5, 250), (.infinity, 250)])
  func `stays within its bound whatever the chance`(random: Double, milliseconds: Int) {
    #expect(Backoff().wait(beforeRetry: 1, random: random) == .milliseconds(milliseconds))
  }

  @Test(arguments: [1, 2, 1000, .max])
  func `is short where the first bound is none or above the greatest`(retry: Int) {
    var backoff = Backoff()
    backoff.initial = .seconds(30)
    #expect(backoff.wait(beforeRetry: retry, random: 1) == backoff.maximum)
    backoff.initial = .zero
    #expect(backoff.wait(beforeRetry: min(retry, 1000), random: 1) == .zero)
  }

  @Test(arguments: [(1.0, 3, 250), (10, 2, 2500), (10, 3, 8000)])
  func `grows by the multiplier`(multiplier: Double, retry: Int, milliseconds: Int) {
    var backoff = Backoff()
    backoff.multiplier = multiplier
    #expect(backoff.wait(beforeRetry: retry, random: 1) == .milliseconds(milliseconds))
  }
}
