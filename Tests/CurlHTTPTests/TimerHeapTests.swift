@testable import CurlHTTP
import Testing

@Suite struct `Alarms` {
  @Test func `the soonest rings first whatever was set, moved and removed`() {
    let clock = EngineClock()
    let transfers = (0..<200).map { _ in Transfer(.get("http://127.0.0.1"), clock: clock) }
    var heap = TimerHeap()
    var expected: [Int: EngineTime] = [:]
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<5_000 {
      let index = Int.random(in: 0..<200, using: &generator)
      if Int.random(in: 0..<3, using: &generator) == 0 {
        heap.remove(transfers[index])
        expected[index] = nil
      } else {
        let time = EngineTime.random(in: 0..<1_000, using: &generator)
        heap.set(transfers[index], to: time)
        expected[index] = time
      }
      #expect(heap.first?.alarm == expected.values.min())
      #expect(heap.count == expected.count)
    }
    var rung: [EngineTime] = []
    while let first = heap.first {
      rung.append(first.alarm)
      heap.remove(first)
    }
    #expect(rung == expected.values.sorted())
  }
}
