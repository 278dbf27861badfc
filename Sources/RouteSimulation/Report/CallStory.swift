package import Routing

/// One call, step by step.
package struct CallStory: Sendable, Hashable {
  /// What a call did.
  package enum Step: Sendable, Hashable {
    /// It asked a target.
    case attempt(Attempt)
    /// It let time pass.
    case wait(CallPause.Purpose, began: Duration, length: Duration)
  }

  /// An attempt; times are since the arrival of the call.
  package struct Attempt: Sendable, Hashable {
    /// The target, as an index into the report's.
    package let target: Int
    /// Why it was asked.
    package let reason: CallStep.Reason
    /// Whether it found out whether a cooldown was over.
    package let isProbe: Bool
    /// When it began.
    package let began: Duration
    /// How long it took to its first part or its failure.
    package internal(set) var length = Duration.zero
    /// What it failed with; nil: it was answered.
    package internal(set) var failure: FailureCode?
  }

  /// Its number in the order of arrival, from 1.
  package let number: Int
  /// When it arrived.
  package let arrived: Duration
  /// What it did.
  package internal(set) var steps: [Step] = []

  init(number: Int, arrived: Duration) {
    self.number = number
    self.arrived = arrived
  }
}
