import Testing

@testable import RouteSimulation

@Suite struct `The chance of a simulation` {
  @Test func `gives exponential gaps: mean and deviation 1, and the right share below each bound`()
  {
    var numbers = SeededNumbers(7)
    let gaps = (0..<200_000).map { _ in numbers.exponential() }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
    #expect(abs(mean - 1) < 0.01)
    #expect(abs(variance - 1) < 0.03)
    // 1 - 1/e, 1 - 1/e², 1 - 1/e³
    for (bound, share) in [(1.0, 0.6321), (2, 0.8647), (3, 0.9502)] {
      let below = Double(gaps.count { $0 < bound }) / Double(gaps.count)
      #expect(abs(below - share) < 0.005, "\(below) below \(bound)")
    }
  }

  @Test func `has numbers of their own for each list of seeds`() {
    var seen: Set<UInt64> = []
    for seed in UInt64(0)..<40 {
      for part in UInt64(0)..<40 {
        var numbers = SeededNumbers(seed, part)
        seen.insert(numbers.next())
      }
    }
    #expect(seen.count == 1600)
  }

  @Test(arguments: [
    (0, 0.25), (0.01, 0.394), (0.3, 0.764 + 0.236 / 5), (0.5, 1), (0.99, 2.536), (1, 4),
  ])
  func `has the factors of its table, straight in between`(share: Double, factor: Double) {
    #expect(abs(LatencyModel.factor(share) - factor) < 1e-9)
  }

  @Test func `takes the median in the median`() {
    var numbers = SeededNumbers(3)
    let times = (0..<20_001).map { _ in LatencyModel.time(.seconds(2), &numbers) }.sorted()
    #expect(abs(times[10_000] / .seconds(1) - 2) < 0.03)
    #expect(times[0] >= .milliseconds(500) && times[20_000] <= .seconds(8))
  }

  @Test func `brings events in the order of time, and of adding at the same time`() {
    var numbers = SeededNumbers(11)
    var queue = EventQueue<Int>()
    let times = (0..<2000).map { _ in Duration.milliseconds(Int(numbers.next() % 300)) }
    for (number, time) in times.enumerated() { queue.add(number, at: time) }
    var taken: [(Duration, Int)] = []
    while let (time, number) = queue.next() { taken.append((time, number)) }
    let expected = times.enumerated().map { ($0.element, $0.offset) }.sorted { $0 < $1 }
    #expect(taken.map(\.1) == expected.map(\.1))
    #expect(taken.allSatisfy { times[$0.1] == $0.0 })
  }

  @Test func `takes a limit's requests within any minute, and says when there is room`() {
    var window = RequestWindow(limit: 2)
    #expect(window.take(at: .seconds(0)) == nil)
    #expect(window.take(at: .seconds(10)) == nil)
    #expect(window.take(at: .milliseconds(10_500)) == .seconds(50))
    #expect(window.take(at: .milliseconds(59_999)) == .seconds(1))
    #expect(window.take(at: .seconds(60)) == nil)
    #expect(window.take(at: .seconds(61)) == .seconds(9))
    #expect(window.take(at: .seconds(70)) == nil)
    var closed = RequestWindow(limit: 0)
    #expect(closed.take(at: .zero) == .seconds(60))
  }
}
