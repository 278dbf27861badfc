import Glibc

/// A thread with an owner who waits for its end.
struct JoinableThread: @unchecked Sendable {
  // SAFETY: a pthread_t may be passed between threads; it is joined once, by its owner.
  private let thread: pthread_t

  /// Starts a thread.
  ///
  /// - Parameter body: What it does; the thread ends with it.
  /// - Throws: `cannotStartThread`.
  init(_ body: @escaping @Sendable () -> Void) throws(EmulatorError) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    // Virtual, not resident: enough for the recursion of the JSON reader in a debug build.
    unsafe pthread_attr_setstacksize(&attributes, 1 << 20)
    defer { unsafe pthread_attr_destroy(&attributes) }
    let box = unsafe Unmanaged.passRetained(Start(body: body))
    var thread = pthread_t()
    // SAFETY: the new thread takes over the reference that was retained above.
    let code = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        start.body()
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      unsafe box.release()
      throw .cannotStartThread(errno: code)
    }
    self.thread = thread
  }

  /// Waits until the thread has ended; must be called exactly once.
  func join() {
    _ = pthread_join(thread, nil)
  }
}

private final class Start: Sendable {
  let body: @Sendable () -> Void

  init(body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}
