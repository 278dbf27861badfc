/// What is done about the state that a request names, for one target.
struct StateDecision: Sendable {
  /// What becomes of `previous_response_id`.
  enum Chain: Sendable, Hashable {
    /// It stays.
    case asSent
    /// The id that the upstream knows stands in its place.
    case untagged(String)
    /// It goes, for the input carries the conversation.
    case replayed
  }

  /// What becomes of `previous_response_id`.
  var chain = Chain.asSent
  /// The indices of items whose id or encrypted content another state boundary made.
  var foreignItems: Set<Int> = []

  /// Changes nothing.
  init() {}
}
