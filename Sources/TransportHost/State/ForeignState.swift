internal import JSONText

/// Takes out of a request what its target cannot have: tags, ids and encrypted content of another
/// state boundary.
struct ForeignState {
  private var edits = JSONEdits()
  private var reports: [StateEdit] = []
  private var removed: [Int] = []

  private init() {}

  /// Edits a request for any transport.
  ///
  /// - Parameters:
  ///   - body: A checked request.
  ///   - members: Its top-level members.
  ///   - state: What it says of state.
  ///   - items: The items of its input; none where the decision is about none.
  ///   - decision: What is to be done.
  /// - Returns: Nil where nothing changes.
  static func edited(
    _ body: [UInt8], members: [JSONMember], state: RequestState, items: StateItems,
    by decision: StateDecision
  ) -> EditedRequest? {
    var change = ForeignState()
    change.edit(decision.chain, of: state, among: members, in: body.span)
    if let input = state.input, !decision.foreignItems.isEmpty {
      change.edit(items, of: input, by: ForeignPlan(for: items, decision), in: body.span)
    }
    guard !change.reports.isEmpty else { return nil }
    return EditedRequest(
      bytes: change.edits.rope(over: body.count).bytes(of: body.span), edits: change.reports,
      map: StatePointerMap(removed: change.removed))
  }

  private mutating func report(_ rule: StateRule, _ action: StateEdit.Action, _ pointer: String) {
    reports.append(StateEdit(rule: rule, action: action, pointer: pointer))
  }
}

// MARK: - The chain

extension ForeignState {
  private static let previous = "previous_response_id"

  private mutating func edit(
    _ chain: StateDecision.Chain, of state: RequestState, among members: [JSONMember],
    in body: Span<UInt8>
  ) {
    guard let id = state.previousResponseID else { return }
    let root = JSONValue(kind: .object, range: 0..<body.count)
    var object = JSONObjectEdit(root, members: members)
    let places = members.indices.filter { members[$0].isNamed(Self.previous, in: body) }
    switch chain {
    case .asSent: return
    case .untagged(id): return
    case .untagged(let raw):
      for place in places { object.replace(at: place, with: JSONEscape.literal(raw)) }
      report(.stateTag, .replace, "/\(Self.previous)")
    case .replayed:
      for place in places { object.remove(at: place) }
      report(.replayedChain, .remove, "/\(Self.previous)")
    }
    object.apply(to: &edits)
  }
}

// MARK: - The items

extension ForeignState {
  private mutating func edit(
    _ items: StateItems, of input: JSONValue, by plan: ForeignPlan, in body: Span<UInt8>
  ) {
    removed = plan.dropped
    var array = JSONArrayEdit(input, items: removed.isEmpty ? [] : items.items.map(\.value))
    for (index, item) in items.items.enumerated() {
      if let rule = plan.dropping(index) {
        array.remove(at: index)
        report(rule, .remove, "/input/\(index)")
      } else if let rule = plan.stripping(index) {
        stripID(of: item.value, in: body)
        report(rule, .remove, "/input/\(index)/id")
      }
    }
    array.apply(to: &edits)
  }

  private mutating func stripID(of item: JSONValue, in body: Span<UInt8>) {
    var object = JSONObjectEdit(item, in: body)
    for (place, member) in object.members.enumerated() where member.isNamed("id", in: body) {
      object.remove(at: place)
    }
    object.apply(to: &edits)
  }
}
