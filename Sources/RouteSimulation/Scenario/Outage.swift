/// The ways in which an upstream may fail each attempt.
package enum Outage: Sendable, Hashable {
  /// Connections are refused at once.
  case refused
  /// Connections are never made.
  case unreachable
  /// The first event never comes.
  case timeout
  /// The upstream fails.
  case failing
  /// The upstream has more load than it can take.
  case overloaded
  /// The deployment does not exist.
  case missing
  /// The credential is refused.
  case unauthorized
  /// Too many requests; the upstream says when to come back.
  case limited(retryAfter: Duration)
  /// The quota is used up; the upstream says when it is whole again, since the start, or nothing.
  case quota(reset: Duration?)
  /// Streams break before their first part.
  case cut

  /// How long a refusal asks to wait where nothing is written.
  ///
  /// Our choice: within what is obeyed by default, so that the wait shows.
  package static let retryAfter = Duration.seconds(5)

  /// The words for them, in the order of the documentation.
  package static let words = [
    "refused", "unreachable", "timeout", "500", "503", "404", "401", "429", "quota", "cut",
  ]

  /// The word for it, without what may follow it.
  package var word: String {
    switch self {
    case .refused: "refused"
    case .unreachable: "unreachable"
    case .timeout: "timeout"
    case .failing: "500"
    case .overloaded: "503"
    case .missing: "404"
    case .unauthorized: "401"
    case .limited: "429"
    case .quota: "quota"
    case .cut: "cut"
    }
  }
}
