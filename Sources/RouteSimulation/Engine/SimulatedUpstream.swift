internal import Routing

/// What becomes of each attempt: the scenario's word, or else the usual latency.
///
/// An attempt takes what holds when it begins: an outage breaks no stream that runs already.
struct SimulatedUpstream: Sendable {
  /// What an attempt comes to.
  enum Ending: Sendable {
    /// Its first part is there, and so much later its end.
    case answered(rest: Duration)
    /// It fails without any part.
    case failed(SimulatedFailure)
  }

  /// An attempt from its beginning to its first part or its failure.
  struct Course: Sendable {
    let length: Duration
    let ending: Ending
    /// How long after its beginning the attempt clock ends it.
    let limit: Duration
  }

  private struct WindowKey: Hashable {
    let disturbance: Int
    let provider: String
  }

  private let table: TargetTable
  private let scenario: Scenario
  /// For each target the disturbances that name it, the last one first.
  private let applying: [[Int]]
  private var windows: [WindowKey: RequestWindow] = [:]

  init(_ table: TargetTable, _ scenario: Scenario) {
    self.table = table
    self.scenario = scenario
    let matches = scenario.disturbances.map { Set(table.names.matching($0.what)) }
    applying = table.targets.indices.map { target in
      matches.indices.reversed().filter { matches[$0].contains(target) }
    }
  }

  /// What becomes of an attempt.
  ///
  /// - Parameters:
  ///   - target: The target.
  ///   - now: When it begins.
  ///   - numbers: Its own random numbers.
  /// - Returns: What it comes to, and when.
  mutating func course(
    of target: Int, at now: Duration, _ numbers: inout SeededNumbers
  ) -> Course {
    let active = applying[target].filter { scenario.disturbances[$0].isActive(at: now) }
    let clocks = table.targets[target].clocks
    let usual = usual(clocks, median: latency(active), &numbers)
    if let outage = outage(active) { return course(outage, clocks, usual, at: now) }
    if let wait = refusal(active, table.targets[target].provider, at: now) {
      return .refused(.limited(retryAfter: wait), clocks)
    }
    return usual
  }

  private func outage(_ active: [Int]) -> Outage? {
    for index in active {
      if case .outage(let outage) = scenario.disturbances[index].effect { return outage }
    }
    return nil
  }

  private func latency(_ active: [Int]) -> Duration {
    for index in active {
      if case .latency(let median) = scenario.disturbances[index].effect { return median }
    }
    return LatencyModel.firstEvent
  }

  /// How long an upstream asks to wait that takes no more; each provider counts on its own.
  private mutating func refusal(
    _ active: [Int], _ provider: String, at now: Duration
  ) -> Duration? {
    for index in active {
      guard case .rateLimit(let limit) = scenario.disturbances[index].effect else { continue }
      let key = WindowKey(disturbance: index, provider: provider)
      let wait = windows[key, default: RequestWindow(limit: limit)].take(at: now)
      if let wait { return wait }
    }
    return nil
  }

  private func usual(
    _ clocks: SimulatedTarget.Clocks, median: Duration, _ numbers: inout SeededNumbers
  ) -> Course {
    var first = LatencyModel.time(median, &numbers)
    var rest = LatencyModel.time(LatencyModel.rest, &numbers)
    if !scenario.isStream { (first, rest) = (first + rest, .zero) }
    let silence = silence(clocks)
    guard first < silence.length else { return silence }
    return Course(length: first, ending: .answered(rest: rest), limit: clocks.attempt)
  }

  /// An attempt of which nothing ever comes.
  private func silence(_ clocks: SimulatedTarget.Clocks) -> Course {
    guard scenario.isStream, clocks.firstEvent <= clocks.attempt else {
      return Course(length: clocks.attempt, ending: .failed(.attempt), limit: clocks.attempt)
    }
    return Course(length: clocks.firstEvent, ending: .failed(.firstEvent), limit: clocks.attempt)
  }

  private func course(
    _ outage: Outage, _ clocks: SimulatedTarget.Clocks, _ usual: Course, at now: Duration
  ) -> Course {
    switch outage {
    case .refused:
      Course(
        length: LatencyModel.refusedConnection, ending: .failed(.refused), limit: clocks.attempt)
    case .unreachable:
      Course(length: clocks.connect, ending: .failed(.unreachable), limit: clocks.attempt)
    case .timeout: silence(clocks)
    case .cut: Course(length: usual.length, ending: usual.ending.cut, limit: clocks.attempt)
    case .failing: .refused(.failing, clocks)
    case .overloaded: .refused(.overloaded, clocks)
    case .missing: .refused(.missing, clocks)
    case .unauthorized: .refused(.unauthorized, clocks)
    case .limited(let wait): .refused(.limited(retryAfter: wait), clocks)
    case .quota(let reset): .refused(.quota(retryAfter: reset.flatMap { $0 - now }), clocks)
    }
  }
}

extension SimulatedUpstream.Course {
  /// The upstream says at once that it does not answer.
  fileprivate static func refused(
    _ failure: SimulatedFailure, _ clocks: SimulatedTarget.Clocks
  ) -> Self {
    Self(length: LatencyModel.refusal, ending: .failed(failure), limit: clocks.attempt)
  }
}

extension SimulatedUpstream.Ending {
  /// The same, broken before its first part.
  fileprivate var cut: Self {
    if case .answered = self { .failed(.cut) } else { self }
  }
}
