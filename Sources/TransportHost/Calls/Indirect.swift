/// A large value behind one reference: still a value, copied where it is changed while others have it.
///
/// What an asynchronous function may return, throw or hold has a place of its size in the function's
/// frame, often several, and a task keeps the frames of all that waits: an open stream would hold
/// kilobytes for errors that never happen (`Benchmarks/README.md`, "Where a goal is missed"). For the
/// same reason some functions that asynchronous ones call are not inlined into them.
struct Indirect<Value: Sendable>: Sendable {
  // SAFETY: `value` is changed only where nobody else has a reference.
  private final class Storage: @unchecked Sendable {
    var value: Value

    init(_ value: Value) { self.value = value }
  }

  private var storage: Storage

  /// Takes a value.
  init(_ value: Value) { storage = Storage(value) }

  /// The value.
  var value: Value {
    get { storage.value }
    set {
      if isKnownUniquelyReferenced(&storage) {
        storage.value = newValue
      } else {
        storage = Storage(newValue)
      }
    }
  }
}
