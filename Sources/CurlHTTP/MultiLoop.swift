import CCurl
import Synchronization

/// The one loop over libcurl's multi handle.
///
/// Whoever holds the *turn* may touch libcurl, and everything that libcurl calls back. The engine's
/// thread takes a turn for each batch of socket events. A task that starts, resumes or cancels an
/// exchange takes the turn itself where it is free and does the work on the spot, which saves the
/// switch to the thread and back; where it is not, the command waits in the inbox for whoever holds
/// the turn. Tasks are resumed after the turn, never inside it.
///
///     task ──command──► turn free? ── yes ─► libcurl ─► request on the wire
///                           └─ no ─► inbox ─► (holder of the turn)
///     sockets ─► thread ─► turn ─► libcurl ─► deliver ─► turn over ─► wake the tasks
///
/// SAFETY: all variables but `inbox` are touched by the holder of `turnLock` only.
@safe final class MultiLoop: @unchecked Sendable {
  enum Command {
    case start(Transfer)
    case goOn(Transfer)
    case cancel(Transfer)
    case stop
  }

  /// The most handles that are kept for later exchanges.
  ///
  /// Source: our choice; a handle costs some memory, making one some time.
  static let spareHandles = 32

  let options: HTTPEngineOptions
  let clock = EngineClock()
  let executor: LoopExecutor
  private let inbox = Mutex<[Command]>([])
  private let turnLock = Mutex(())

  // MARK: The turn
  let multi: UnsafeMutableRawPointer
  let events: EventQueue
  var sockets = SocketTable()
  var alarms = TimerHeap()
  var open: [Transfer] = []
  var spare: [EasyHandle] = []
  var handleCount = 0
  var touched: [Transfer] = []
  var wakeups: [Wakeup] = []
  var isStopped = false
  /// The time of this turn, read once.
  var now = EngineTime(0)
  /// When libcurl wants to be called although no socket has news.
  var curlAlarm = EngineTime.never
  /// When the thread's wait ends by itself.
  private var sleepsUntil = EngineTime.never

  /// - Throws: `engine` where libcurl or the system has no resources left.
  init(_ options: HTTPEngineOptions) throws(HTTPError) {
    guard Self.isLibraryReady else { throw HTTPError(.engine, "curl_global_init failed") }
    let events = try EventQueue()
    guard let multi = unsafe curl_multi_init() else {
      throw HTTPError(.engine, "curl_multi_init failed")
    }
    unsafe self.multi = unsafe multi
    self.options = options
    self.events = events
    executor = LoopExecutor { _ in events.ring() }
    setOptions()
  }

  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  // MARK: - Any thread

  /// Carries a command out, now or by whoever holds the turn.
  func submit(_ command: Command) {
    guard !turnIfFree(command) else { return }
    inbox.withLock { $0.append(command) }
    while !isInboxEmpty, turnIfFree(nil) {}
  }

  /// Reads a fact between two turns.
  ///
  /// Waits for the turn.
  func fact<Fact: Sendable>(_ read: (MultiLoop) -> Fact) -> Fact {
    turnLock.withLock { _ in read(self) }
  }

  // A closure, not a key path: this runs several times an exchange.
  private var isInboxEmpty: Bool { inbox.withLock { $0.isEmpty } }

  private func turnIfFree(_ command: Command?) -> Bool {
    let ready = turnLock.withLockIfAvailable { _ in
      turn {
        if let command { perform(command) }
      }
    }
    guard let ready else { return false }
    for wakeup in ready { wakeup.resume() }
    // A command may have come while the turn was held, and its sender found the turn taken.
    while !isInboxEmpty, turnIfFree(nil) {}
    return true
  }

  // MARK: - The engine's thread

  /// Runs until the loop is stopped.
  func run() {
    var wait: Int32? = 0
    executor.begin()
    while let milliseconds = wait {
      let count = events.wait(milliseconds: milliseconds)
      let ready: [Wakeup]
      (ready, wait) = turnLock.withLock { _ in
        let horizon = sleepsUntil
        // Awake: alarms that this turn sets need no ringing.
        sleepsUntil = 0
        let ready = turn { handleEvents(count) }
        return (ready, isStopped ? nil : prepareToSleep(horizon))
      }
      for wakeup in ready { wakeup.resume() }
      executor.runJobs()
      if wait != nil, !isInboxEmpty || !executor.isIdle { wait = 0 }
    }
    executor.end()
  }

  /// Chooses how long to wait.
  ///
  /// An earlier end of the wait that is still to come stays: waking once for nothing costs less
  /// than ringing for each exchange that sets the first alarm again.
  private func prepareToSleep(_ horizon: EngineTime) -> Int32 {
    sleepsUntil = min(nextAlarm, horizon > now ? horizon : .never)
    guard sleepsUntil != .never else { return -1 }
    // Rounded up: to wake a moment early would only mean another turn.
    return Int32(clamping: max(0, (sleepsUntil - now + 999_999) / 1_000_000))
  }

  // MARK: - The turn

  /// Does a piece of work and all that follows from it.
  ///
  /// - Returns: The tasks to wake when the turn is over.
  private func turn(_ work: () -> Void) -> [Wakeup] {
    now = clock.now
    for command in inbox.withLock({ $0.isEmpty ? [] : takeAll(&$0) }) { perform(command) }
    work()
    settle()
    if nextAlarm < sleepsUntil, !isStopped {
      sleepsUntil = nextAlarm
      events.ring()
    }
    return takeAll(&wakeups)
  }

  private func handleEvents(_ count: Int) {
    guard !isStopped else { return }
    for index in 0..<count {
      guard let event = events.event(at: index) else { continue }
      handleNews(event)
    }
  }

  private var nextAlarm: EngineTime { min(curlAlarm, alarms.first?.alarm ?? .never) }
}

/// Empties an array into the caller's hands.
func takeAll<Element>(_ elements: inout [Element]) -> [Element] {
  var taken: [Element] = []
  swap(&taken, &elements)
  return taken
}
