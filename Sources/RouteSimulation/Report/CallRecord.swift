/// What came of one call.
package struct CallRecord: Sendable, Hashable {
  /// How a call ended.
  package enum Ending: Sendable, Hashable {
    /// Answered, by the target of that index.
    case served(by: Int)
    /// Not answered, or not to the end.
    case failed(FailureCode)
  }

  /// When it arrived.
  package let arrived: Duration
  /// How long its client waited: for the first part of the answer, or for the error.
  package let latency: Duration
  /// How it ended.
  package let ending: Ending
}
