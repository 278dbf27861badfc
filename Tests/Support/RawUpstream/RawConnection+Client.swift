import Foundation

extension RawConnection {
  /// Connects to a port of this machine.
  ///
  /// - Parameters:
  ///   - port: The port.
  ///   - patience: After how many seconds of silence a read gives up, as at the connection's end: a
  ///     server that hangs then fails a test instead of holding it.
  ///   - receiveBuffer: How many bytes the system keeps for a reader that does not read; nil: as many
  ///     as it likes.
  /// - Throws: Where nobody listens.
  package convenience init(
    port: UInt16, patience: Int = 20, receiveBuffer: Int32? = nil
  ) throws(TestFailure) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var size = receiveBuffer {
      unsafe setsockopt(
        descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var time = timeval(tv_sec: patience, tv_usec: 0)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var address = loopback(port: port)
    let code = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    let reason = errno
    self.init(descriptor)
    guard code == 0 else { throw TestFailure("connect: errno \(reason)") }
  }
}

/// Runs a closure that blocks on a thread of its own: those of the tests are few.
///
/// The task stays the same, so that what the closure records belongs to the test.
package func onThread<R: Sendable>(
  _ body: @escaping @Sendable () throws -> R
) async throws -> R {
  try await withTaskExecutorPreference(ThreadExecutor()) { try body() }
}

/// Runs each job of a task on a thread of its own.
private final class ThreadExecutor: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = unsafe asUnownedTaskExecutor()
    Thread.detachNewThread { unsafe job.runSynchronously(on: executor) }
  }
}
