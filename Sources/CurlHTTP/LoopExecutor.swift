import Glibc
import Synchronization

/// Runs tasks on a loop's own thread, between its turns.
///
/// A task that prefers the engine's pays no switch of threads for an exchange: it starts one on the
/// spot, and the turn that brings the answer is followed by the task itself. A server has others, so
/// that a task which serves a request begins and writes on the thread of its connection.
package final class LoopExecutor: TaskExecutor {
  private struct Queue {
    var jobs: [UnownedJob] = []
    var thread: pthread_t?
    var isOver = false
  }

  private let queue = Mutex(Queue())
  private let wake: @Sendable (LoopExecutor) -> Void

  /// - Parameter wake: Has the loop's thread call ``runJobs()`` soon.
  package init(wake: @escaping @Sendable (LoopExecutor) -> Void) { self.wake = wake }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    enum Step { case none, wake, handOver }
    let step: Step = queue.withLock { queue in
      guard !queue.isOver else { return .handOver }
      queue.jobs.append(job)
      let isHere = queue.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false
      return isHere || queue.jobs.count > 1 ? .none : .wake
    }
    switch step {
    case .none: break
    case .wake: wake(self)
    case .handOver: globalConcurrentExecutor.enqueue(job)
    }
  }

  // MARK: - The loop's thread

  /// Claims the current thread for a loop that looks for jobs by itself, so that jobs which come from
  /// there wake nobody.
  func begin() { queue.withLock { $0.thread = pthread_self() } }

  /// Whether no job waits.
  var isIdle: Bool { queue.withLock { $0.jobs.isEmpty } }

  /// Runs the jobs that wait now; those that they enqueue come after the next look at the sockets.
  package func runJobs() {
    for job in queue.withLock({ $0.jobs.isEmpty ? [] : takeAll(&$0.jobs) }) {
      unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  /// Leaves the remaining jobs, and all later ones, to the global executor.
  package func end() {
    let left = queue.withLock { queue in
      queue.isOver = true
      queue.thread = nil
      return takeAll(&queue.jobs)
    }
    for job in left { globalConcurrentExecutor.enqueue(job) }
  }
}
