internal import CurlHTTP
internal import JSONText
internal import ProviderConfiguration

/// One exchange of a probe, and what came of it.
struct ProbeAttempt: Sendable {
  /// What came of it.
  enum Outcome: Sendable {
    /// An answer.
    case answered(ProbeAnswer)
    /// The upstream refused, or answered what it must not; explained by the transport.
    case refused(ReportedFailure)
    /// No response, or not all of it.
    case broken(HTTPError)
    /// Nothing was sent: the transport or the credential's source says why.
    case unsent(CallError)
  }

  /// What came of it.
  let outcome: Outcome
  /// The URL that was asked; empty where none was made.
  let url: String
  /// The status; nil without a response.
  var status: Int?
  /// How long it took.
  var duration = Duration.zero
  /// How connecting went; nil for a reused connection and where nothing was sent.
  var phases: HTTPPhases?
  /// The version of HTTP; nil without a response.
  var version: HTTPVersion?
  /// What the head says of model and limits.
  var facts = HeadFacts()

  /// Whether the upstream answered as it should.
  var isAnswered: Bool { if case .answered = outcome { true } else { false } }
}

/// An answer, counted and not kept.
struct ProbeAnswer: Sendable {
  /// How many events came; 1 for a whole body.
  var events = 0
  /// When the first of them came, from the start of the exchange.
  var firstEvent: Duration?
  /// The type of the last one, or empty.
  var lastEvent = ""
  /// Whether it came as a stream.
  var isStream = false
}
