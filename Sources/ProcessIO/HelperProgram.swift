internal import Glibc
internal import Synchronization

/// A program that is run for what it prints: no shell, nothing to read, and never without an end.
package struct HelperProgram: Sendable {
  /// The program and its arguments; a name without a slash is looked for in `PATH`.
  package var words: [String]
  /// Variables that it gets besides those of this process; they win over them.
  package var variables: [(name: String, value: String)]
  /// How long it may take.
  package var timeout: Duration
  /// The most that it may write to standard output, in bytes.
  package var outputLimit = 1 << 20
  /// What is kept of its standard error, in bytes; the rest is read and dropped.
  package var errorLimit = 64 << 10

  /// Describes a run.
  package init(
    _ words: [String], variables: [(name: String, value: String)] = [], timeout: Duration
  ) {
    self.words = words
    self.variables = variables
    self.timeout = timeout
  }

  /// How a run ended.
  package struct Outcome: Sendable {
    /// The exit code; 128 and the signal's number where a signal ended it, as shells say it.
    package let status: Int32
    /// What it wrote to standard output.
    package let output: [UInt8]
    /// The first of what it wrote to standard error.
    package let errors: [UInt8]
  }

  /// Runs the program to its end, on a thread of its own.
  ///
  /// The program is the leader of a process group, which is killed whole when the time is over or the
  /// task is cancelled. It inherits no descriptor and no ignored signal.
  ///
  /// - Throws: ``HelperFailure``.
  package func run() async throws(HelperFailure) -> Outcome {
    let stop: WakePipe
    do { stop = try WakePipe() } catch { throw .notStarted(error) }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isStarted = HelperThread.start {
          continuation.resume(
            returning: Result { () throws(HelperFailure) in try HelperRun(self, stop: stop).finish()
            }
          )
        }
        if !isStarted {
          continuation.resume(returning: .failure(.notStarted(IOFailure(code: EAGAIN))))
        }
      }
    } onCancel: {
      stop.wake()
    }
    return try result.get()
  }
}

/// Why a program gave nothing.
package enum HelperFailure: Error, Sendable {
  /// It could not be started.
  case notStarted(IOFailure)
  /// It took too long and was killed; what it had written, of standard error the first.
  case timedOut(output: [UInt8], errors: [UInt8])
  /// It wrote more than it may and was killed.
  case outputTooLarge
  /// Nobody wanted the outcome any more, and it was killed.
  case cancelled
}

/// Threads that only wait for a program.
enum HelperThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread that ends with its body; false where the system allows none.
  static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    let context = unsafe Unmanaged.passRetained(Body(run)).toOpaque()
    var thread = pthread_t()
    // SAFETY: the context carries one reference, which the thread takes over.
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        let body = unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe pthread_sigmask(SIG_SETMASK, &signals, nil)
        body.run()
        return nil
      }, context)
    guard code == 0 else {
      unsafe Unmanaged<Body>.fromOpaque(context).release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
