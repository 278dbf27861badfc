import Glibc
import Synchronization

/// Runs tasks on the loop's own thread, between its turns.
///
/// A task that prefers this executor pays no switch of threads for an exchange: it starts one on
/// the spot, and the turn that brings the answer is followed by the task itself.
final class LoopExecutor: TaskExecutor {
  private struct Queue {
    var jobs: [UnownedJob] = []
    var thread: pthread_t?
    var isOver = false
  }

  private let queue = Mutex(Queue())
  private let events: EventQueue

  init(_ events: EventQueue) { self.events = events }

  func enqueue(_ job: consuming ExecutorJob) {
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
    case .wake: events.ring()
    case .handOver: globalConcurrentExecutor.enqueue(job)
    }
  }

  // MARK: - The loop's thread

  /// Claims the current thread as the loop's.
  func begin() { queue.withLock { $0.thread = pthread_self() } }

  /// Whether no job waits.
  var isIdle: Bool { queue.withLock { $0.jobs.isEmpty } }

  /// Runs the jobs that wait now; those that they enqueue come after the next look at the sockets.
  func runJobs() {
    for job in queue.withLock({ $0.jobs.isEmpty ? [] : takeAll(&$0.jobs) }) {
      unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  /// Leaves the remaining jobs, and all later ones, to the global executor.
  func end() {
    let left = queue.withLock { queue in
      queue.isOver = true
      queue.thread = nil
      return takeAll(&queue.jobs)
    }
    for job in left { globalConcurrentExecutor.enqueue(job) }
  }
}
