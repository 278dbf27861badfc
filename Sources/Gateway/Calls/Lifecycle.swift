internal import Synchronization

/// Where the gateway stands in its life.
final class Lifecycle: Sendable {
  private struct State {
    var address = ""
    var isDraining = false
  }

  private let state = Mutex(State())

  /// Where it is reached, `HOST:PORT`; empty before it is.
  var address: String { state.withLock(\.address) }
  /// Whether it takes no more requests.
  var isDraining: Bool { state.withLock(\.isDraining) }

  /// It listens from now on.
  func listens(on address: String) { state.withLock { $0.address = address } }
  /// It ends.
  func drains() { state.withLock { $0.isDraining = true } }
}
