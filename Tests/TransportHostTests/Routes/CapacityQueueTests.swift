import Routing
import Synchronization
import Testing

@testable import TransportHost

@Suite struct `The queue of calls that wait for room` {
  private final class Woken: Sendable {
    let names = Mutex<[String]>([])
    func waker(_ name: String) -> CapacityQueue.Wake {
      { self.names.withLock { $0.append(name) } }
    }
  }

  private let woken = Woken()

  private func next(_ queue: inout CapacityQueue) -> String? {
    queue.next(Router(), at: .zero)?()
    return woken.names.withLock { names in
      defer { names = [] }
      return names.last
    }
  }

  @Test func `wakes the first to come, one at a time`() {
    var queue = CapacityQueue()
    for name in ["a", "b", "c"] {
      _ = queue.add(nil, hasRoom: { _, _ in true }, wake: woken.waker(name))
    }
    #expect(queue.count == 3)
    #expect((0..<4).map { _ in next(&queue) } == ["a", "b", "c", nil])
    #expect(queue.count == 0)
  }

  @Test func `passes over those that have no room`() {
    var queue = CapacityQueue()
    _ = queue.add(nil, hasRoom: { _, _ in false }, wake: woken.waker("a"))
    _ = queue.add(nil, hasRoom: { _, _ in true }, wake: woken.waker("b"))
    #expect(next(&queue) == "b")
    #expect(next(&queue) == nil)
    #expect(queue.count == 1)
  }

  @Test func `keeps the place of a call that was woken for nothing`() {
    var queue = CapacityQueue()
    let tickets = ["a", "b", "c"].map {
      queue.add(nil, hasRoom: { _, _ in true }, wake: woken.waker($0))
    }
    #expect(tickets == [1, 2, 3])
    #expect(next(&queue) == "a")
    #expect(queue.add(1, hasRoom: { _, _ in true }, wake: woken.waker("a")) == 1)
    #expect(queue.add(nil, hasRoom: { _, _ in true }, wake: woken.waker("d")) == 4)
    #expect((0..<4).map { _ in next(&queue) } == ["a", "b", "c", "d"])
  }

  @Test func `forgets who gives up`() {
    var queue = CapacityQueue()
    let ticket = queue.add(nil, hasRoom: { _, _ in true }, wake: woken.waker("a"))
    _ = queue.add(nil, hasRoom: { _, _ in true }, wake: woken.waker("b"))
    queue.remove(ticket)
    #expect(next(&queue) == "b")
  }
}
