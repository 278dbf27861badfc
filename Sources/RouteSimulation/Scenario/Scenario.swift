/// What happens in a simulation: how calls arrive, and what goes wrong meanwhile.
package struct Scenario: Sendable, Hashable {
  /// The most calls of a simulation.
  ///
  /// Our choice: with a million a report takes some seconds and 100 MB.
  package static let callLimit = 1_000_000

  /// How many calls arrive in a second on average; above zero.
  package var rate = 10.0
  /// For how long calls arrive; those that arrived by then are followed to their end.
  package var length = Duration.seconds(60)
  /// What all chance is drawn from: the same seed gives the same report.
  package var seed: UInt64 = 1
  /// Whether calls ask for streams; a whole answer is there when its last token is.
  package var isStream = true
  /// How many tokens a call counts for where a target has a limit of tokens.
  package var tokens = 1000
  /// How many conversations the calls belong to, each at random; nil: none, so that nothing is sticky.
  package var sessions: Int?
  /// The longest that a call may take; nil: as the configuration says.
  package var timeout: Duration?
  /// The most retries at one target; nil: as its policy says.
  package var maxRetries: Int?
  /// Whether the fallbacks of the model may be asked.
  package var allowsFallbacks = true
  /// What goes wrong; of two of a kind at the same time and target the later one holds.
  package var disturbances: [Disturbance] = []

  /// A minute of ten calls a second in which nothing goes wrong.
  package init() {}
}
