import Glibc

/// SIGINT and SIGTERM, taken in plain order by the main thread in place of a handler.
struct TerminationSignals {
  private let set: sigset_t

  /// Blocks both; must be called before a thread is started, because threads inherit this.
  static func block() -> TerminationSignals {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGINT)
    unsafe sigaddset(&set, SIGTERM)
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
    return TerminationSignals(set: set)
  }

  /// Waits until one of the two arrives.
  func wait() {
    var set = set
    var number: Int32 = 0
    while unsafe sigwait(&set, &number) != 0 {}
  }

  /// Starts a thread that sends SIGTERM to this process once standard input has ended; the thread
  /// ends with that, or with the process.
  static func raiseWhenInputEnds() {
    var thread = pthread_t()
    // SAFETY: the thread is given nothing and touches only a buffer of its own.
    _ = unsafe pthread_create(
      &thread, nil,
      { _ in
        var byte: UInt8 = 0
        while true {
          let count = unsafe read(STDIN_FILENO, &byte, 1)
          guard count > 0 || (count < 0 && errno == EINTR) else { break }
        }
        kill(getpid(), SIGTERM)
        return nil
      }, nil)
  }
}
