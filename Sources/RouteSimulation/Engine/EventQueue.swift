/// What is going to happen, the earliest first; what happens at the same instant, in the order in which
/// it was added.
struct EventQueue<Event: Sendable>: Sendable {
  private struct Entry {
    let time: Duration
    let number: Int
    let event: Event

    func isBefore(_ other: Entry) -> Bool {
      time == other.time ? number < other.number : time < other.time
    }
  }

  /// A binary heap: the children of `i` are `2i + 1` and `2i + 2`, and come after it.
  private var heap: [Entry] = []
  private var added = 0

  /// Adds an event.
  mutating func add(_ event: Event, at time: Duration) {
    heap.append(Entry(time: time, number: added, event: event))
    added += 1
    rise(from: heap.count - 1)
  }

  /// Takes the earliest event; nil: there is none.
  mutating func next() -> (time: Duration, event: Event)? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return (last.time, last.event) }
    heap[0] = last
    sink(from: 0)
    return (first.time, first.event)
  }

  private mutating func rise(from place: Int) {
    var place = place
    while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func sink(from place: Int) {
    var place = place
    while true {
      var first = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if heap[child].isBefore(heap[first]) { first = child }
      }
      guard first != place else { return }
      heap.swapAt(place, first)
      place = first
    }
  }
}
