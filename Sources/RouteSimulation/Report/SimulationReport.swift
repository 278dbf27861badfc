package import Routing

/// What a simulation came to.
package struct SimulationReport: Sendable, Hashable {
  /// Times that calls let pass for one purpose.
  package struct Waits: Sendable, Hashable {
    /// What for.
    package let purpose: CallPause.Purpose
    /// How many.
    package let count: Int
    /// All of them together.
    package let total: Duration
    /// The longest.
    package let longest: Duration
  }

  /// The call whose client waited longest.
  package struct Worst: Sendable, Hashable {
    /// What it did.
    package let story: CallStory
    /// How long its client waited.
    package let latency: Duration
    /// How it ended.
    package let ending: CallRecord.Ending
  }

  /// What was simulated.
  package let scenario: Scenario
  /// The model that calls asked for.
  package let model: String
  /// Every call, in the order of arrival.
  package let calls: [CallRecord]
  /// Every target, plan by plan.
  package let targets: [TargetReport]
  /// The names that targets may be called.
  package let names: TargetNames
  /// How many attempts were made, by why.
  package let reasons: [AttemptReason: Int]
  /// The waits, by what for; purposes that nobody waited for are left out.
  package let waits: [Waits]
  /// What happened to what is left alone, in the order of time.
  package let changes: [CooldownChange]
  /// The worst call; nil: none arrived.
  package let worst: Worst?
  /// When the last call had ended, and not before the last could arrive.
  package let end: Duration
  /// How long clients waited, the shortest first.
  let latencies: Samples

  init(_ recorder: Recorder, _ input: SimulationInput, _ scenario: Scenario) {
    let records = recorder.records.compactMap(\.self)
    self.scenario = scenario
    model = input.plans[0].route.model
    calls = records
    names = input.names
    targets = TargetReport.all(input, recorder.targets)
    reasons = recorder.reasons
    waits = [CallPause.Purpose.backoff, .retryAfter, .storedState, .capacity].compactMap {
      purpose in
      recorder.waits[purpose].map {
        Waits(purpose: purpose, count: $0.count, total: $0.total, longest: $0.longest)
      }
    }
    changes = recorder.changes
    worst = recorder.worst.map {
      Worst(
        story: $0.story, latency: $0.latency, ending: records[$0.story.number - 1].ending)
    }
    end = max(recorder.end, scenario.length)
    latencies = Samples(records.map(\.latency))
  }
}

// MARK: - Sums

extension SimulationReport {
  /// Calls that were answered to the end.
  package var served: Int { targets.reduce(0) { $0 + $1.served } }

  /// Calls that were not.
  package var failed: Int { calls.count - served }

  /// Calls that failed, by what with; codes that none failed with are left out.
  package var failures: [FailureCode: Int] {
    calls.reduce(into: [:]) { counts, call in
      if case .failed(let code) = call.ending { counts[code, default: 0] += 1 }
    }
  }

  /// Attempts of all calls.
  package var attempts: Int { targets.reduce(0) { $0 + $1.attempts } }

  /// The share of calls that was answered; nil where none arrived.
  package var availability: Double? {
    calls.isEmpty ? nil : Double(served) / Double(calls.count)
  }

  /// How long a share of all clients waited at most, of 1 the longest; nil where no call arrived.
  package func latency(_ share: Percentile) -> Duration? { latencies[share] }
}
