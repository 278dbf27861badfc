import CCurl
import Glibc

/// The owner of a thread: joined once, or left to end by itself where it is dropped.
struct EngineThread: ~Copyable {
  private let thread: pthread_t

  /// Starts a thread that takes no signals of the process.
  ///
  /// - Parameters:
  ///   - name: Shown by debuggers; at most 15 bytes.
  ///   - body: What the thread does; it ends with it.
  /// - Throws: `engine` where the system allows no further thread.
  init(name: String, _ body: @escaping @Sendable () -> Void) throws(HTTPError) {
    let context = unsafe Unmanaged.passRetained(Body(name: name, run: body)).toOpaque()
    var thread = pthread_t()
    // SAFETY: the context carries one reference, which the thread takes over.
    let code = unsafe pthread_create(&thread, nil, { unsafe Body.start($0) }, context)
    guard code == 0 else {
      unsafe Unmanaged<Body>.fromOpaque(context).release()
      throw HTTPError(.engine, "pthread_create failed: errno \(code)")
    }
    self.thread = thread
  }

  deinit { release(thread) }

  /// Waits until the thread has ended; on that thread itself only lets go of it.
  consuming func join() {
    let thread = thread
    discard self
    guard pthread_equal(thread, pthread_self()) == 0 else { return release(thread) }
    pthread_join(thread, nil)
  }

  private final class Body {
    let name: String
    let run: @Sendable () -> Void

    init(name: String, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }

    static func start(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
      guard let context = unsafe context else { return nil }
      let body = unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
      unsafe jf_curl_name_thread(body.name)
      blockSignals()
      body.run()
      return nil
    }

    /// Signals belong to the threads of the application.
    ///
    /// Those that a fault raises stay deliverable.
    private static func blockSignals() {
      var signals = sigset_t()
      unsafe sigfillset(&signals)
      for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP] {
        unsafe sigdelset(&signals, fault)
      }
      unsafe pthread_sigmask(SIG_SETMASK, &signals, nil)
    }
  }
}

private func release(_ thread: pthread_t) { pthread_detach(thread) }
