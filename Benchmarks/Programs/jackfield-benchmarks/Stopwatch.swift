import Foundation

/// Measures candidates in turns, so that a change of the machine's speed meets all of them alike.
enum Stopwatch {
  /// The processor time of this thread, in seconds: other programs do not count.
  static var threadTime: Double { time(of: CLOCK_THREAD_CPUTIME_ID) }

  /// The processor time of all threads of this program while `body` ran, in seconds.
  static func processTime(_ body: () async throws -> Void) async rethrows -> Double {
    let start = time(of: CLOCK_PROCESS_CPUTIME_ID)
    try await body()
    return time(of: CLOCK_PROCESS_CPUTIME_ID) - start
  }

  /// The seconds each candidate took in each round; the first round of each is not counted.
  static func seconds(rounds: Int, _ candidates: [() throws -> Void]) throws -> [[Double]] {
    var seconds = candidates.map { _ in [Double]() }
    for round in 0...rounds {
      for (index, candidate) in candidates.enumerated() {
        let start = threadTime
        try candidate()
        if round > 0 { seconds[index].append(threadTime - start) }
      }
    }
    return seconds
  }

  private static func time(of clock: clockid_t) -> Double {
    var time = timespec()
    // SAFETY: the call fills the one structure it is given.
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Keeps a result from being optimized away together with the work it came from.
@inline(never)
func blackHole<Value>(_ value: Value) {}
