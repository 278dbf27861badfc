/// A suspended task. Checked for double and missing resumption in debug builds only: the check costs an
/// allocation each time.
#if DEBUG
  typealias Wakeup = CheckedContinuation<Void, Never>
#else
  typealias Wakeup = UnsafeContinuation<Void, Never>
#endif

/// Suspends the task until the wakeup that `body` receives is resumed.
nonisolated(nonsending) func suspend(_ body: (Wakeup) -> Void) async {
  #if DEBUG
    await withCheckedContinuation(body)
  #else
    unsafe await withUnsafeContinuation(body)
  #endif
}
