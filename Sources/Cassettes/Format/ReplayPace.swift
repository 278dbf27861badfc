/// When the parts of a recording are served again.
package enum ReplayPace: Sendable, Hashable {
  /// As they came.
  case recorded
  /// That many times as fast; above zero.
  case times(Double)
  /// At once.
  case immediate

  /// When a part is due.
  ///
  /// - Parameter time: When it came, counted from the request.
  /// - Returns: When it is served, counted from the request.
  package func due(_ time: Duration) -> Duration {
    switch self {
    case .recorded: time
    case .times(let factor) where factor > 0: time / factor
    case .times, .immediate: .zero
    }
  }
}
