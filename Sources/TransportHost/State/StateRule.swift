/// Why the host edits what a caller said of stored state, before a transport sees it.
///
/// The ids are stable: people see them in reports and look them up.
enum StateRule: String, Sendable, CaseIterable {
  /// The previous response is named as its upstream knows it.
  case stateTag = "state-tag"
  /// Items lose ids that another state boundary made.
  case foreignID = "foreign-id"
  /// Items that another state boundary encrypted are left out.
  case foreignCiphertext = "foreign-ciphertext"
  /// The input stands in the place of the previous response.
  case replayedChain = "replayed-chain"

  /// As reports name it.
  var id: String { rawValue }

  /// One sentence for people.
  var reason: String {
    switch self {
    case .stateTag:
      "The tag on the response's id is the host's; the upstream knows the id without it."
    case .foreignID:
      "Another state_boundary made the item, so that this upstream would not find it by its id."
    case .foreignCiphertext:
      """
      Only the state_boundary that encrypted an item can decrypt it; it goes whole, with the ids that \
      would ask for it.
      """
    case .replayedChain:
      """
      The previous response lives in a state_boundary that does not serve this call, and the input \
      carries the conversation.
      """
    }
  }
}
