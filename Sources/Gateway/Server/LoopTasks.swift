#if Gateway
internal import NIOCore
internal import Synchronization

/// Runs tasks on the thread of a connection.
///
/// A task that serves a request there begins without a switch of threads, and what it writes leaves
/// without one.
final class LoopTasks: TaskExecutor {
  private struct Queue {
    var jobs: [UnownedJob] = []
    var isOver = false
  }

  /// The thread.
  let loop: any EventLoop
  private let queue = Mutex(Queue())

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isFirst: Bool? = queue.withLock { queue in
      guard !queue.isOver else { return nil }
      queue.jobs.append(job)
      return queue.jobs.count == 1
    }
    switch isFirst {
    case true: loop.execute { self.runJobs() }
    case false: break
    case nil: globalConcurrentExecutor.enqueue(job)
    }
  }

  /// Leaves the jobs that wait, and all later ones, to the global executor: the thread ends.
  func end() {
    for job in takeAll(isOver: true) { globalConcurrentExecutor.enqueue(job) }
  }

  private func runJobs() {
    for job in takeAll() { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
  }

  private func takeAll(isOver: Bool = false) -> [UnownedJob] {
    queue.withLock { queue in
      queue.isOver = queue.isOver || isOver
      defer { queue.jobs = [] }
      return queue.jobs
    }
  }
}
#endif
