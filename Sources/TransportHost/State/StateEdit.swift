/// One change that the host made to what a caller said of stored state.
struct StateEdit: Sendable, Hashable {
  /// What was done.
  enum Action: String, Sendable {
    case remove
    case replace
  }

  let rule: StateRule
  let action: Action
  /// RFC 6901, into the caller's body.
  let pointer: String

  /// One sentence for people.
  var reason: String { rule.reason }
}

/// A request that the host edited before a transport sees it.
struct EditedRequest: Sendable {
  /// The whole body; what no edit is about stands in it byte for byte.
  let bytes: [UInt8]
  /// What was changed, in the order of the input, the previous response first.
  let edits: [StateEdit]
  /// Leads from this body back into the caller's.
  let map: StatePointerMap
}
