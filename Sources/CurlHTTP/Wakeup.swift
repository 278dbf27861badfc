/// A suspended task.
///
/// Checked for double and missing resumption in debug builds only: the check costs an allocation
/// each time.
///
/// SAFETY: a wakeup is handed out once by `ExchangeState`, which forgets it in the same step; the
/// tests run with the checked kind.
@safe struct Wakeup: Sendable {
  #if DEBUG
  private let continuation: CheckedContinuation<Void, Never>
  #else
  private let continuation: UnsafeContinuation<Void, Never>
  #endif

  /// Lets the task go on, on its own executor.
  func resume() {
    #if DEBUG
    continuation.resume()
    #else
    unsafe continuation.resume()
    #endif
  }

  /// Suspends the current task until the wakeup that `body` receives is resumed.
  nonisolated(nonsending) static func suspend(_ body: (Wakeup) -> Void) async {
    #if DEBUG
    await withCheckedContinuation { body(Wakeup(continuation: $0)) }
    #else
    unsafe await withUnsafeContinuation { unsafe body(Wakeup(continuation: $0)) }
    #endif
  }
}
