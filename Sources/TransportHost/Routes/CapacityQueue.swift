internal import Routing

/// The calls that wait until something ends, the first to come first.
///
/// One at a time is woken, and says what comes next when it has decided: so a thousand calls that wait
/// cost a look each, and no thread.
struct CapacityQueue: Sendable {
  /// Whether there is room for a call.
  typealias Check = @Sendable (Router, Duration) -> Bool
  /// Has a call go on.
  typealias Wake = @Sendable () -> Void

  private struct Waiter: Sendable {
    let ticket: Int
    let hasRoom: Check
    let wake: Wake
  }

  /// By their tickets.
  private var waiters: [Waiter] = []
  private var lastTicket = 0

  /// How many wait.
  var count: Int { waiters.count }

  /// Adds a call.
  ///
  /// - Parameters:
  ///   - ticket: Its place, where it has waited before; nil: the last.
  ///   - hasRoom: Whether there is room for it.
  ///   - wake: Has it go on.
  /// - Returns: Its place.
  mutating func add(_ ticket: Int?, hasRoom: @escaping Check, wake: @escaping Wake) -> Int {
    lastTicket += ticket == nil ? 1 : 0
    let waiter = Waiter(ticket: ticket ?? lastTicket, hasRoom: hasRoom, wake: wake)
    let place = waiters.lastIndex { $0.ticket < waiter.ticket }.map { $0 + 1 } ?? 0
    waiters.insert(waiter, at: place)
    return waiter.ticket
  }

  /// Removes a call, unless it was woken.
  mutating func remove(_ ticket: Int) { waiters.removeAll { $0.ticket == ticket } }

  /// Takes out the first call for which there is room; nil: there is none.
  mutating func next(_ router: Router, at now: Duration) -> Wake? {
    guard let place = waiters.firstIndex(where: { $0.hasRoom(router, now) }) else { return nil }
    return waiters.remove(at: place).wake
  }
}
