/// What becomes of each item of an input.
struct ForeignPlan {
  private enum Fate {
    case kept
    /// Its id goes.
    case stripped(StateRule)
    case dropped(StateRule)
  }

  private let items: [StateItem]
  private var fates: [Fate]
  /// The turns that lose reasoning.
  private var turns: Set<Int> = []

  /// Judges items by a decision.
  init(for items: StateItems, _ decision: StateDecision) {
    self.items = items.items
    fates = Array(repeating: .kept, count: items.items.count)
    for index in decision.foreignItems where fates.indices.contains(index) {
      fates[index] = foreignFate(of: index)
    }
    for index in fates.indices where turns.contains(self.items[index].turn) {
      if case .kept = fates[index] { fates[index] = fate(ofOtherInTurn: self.items[index]) }
    }
  }

  /// The rule for which an item goes; nil: it stays.
  func dropping(_ index: Int) -> StateRule? {
    if case .dropped(let rule) = fates[index] { rule } else { nil }
  }

  /// The rule for which an item's id goes; nil: it stays, or goes with the item.
  func stripping(_ index: Int) -> StateRule? {
    if case .stripped(let rule) = fates[index] { rule } else { nil }
  }

  /// The items that go, ascending.
  var dropped: [Int] { fates.indices.filter { dropping($0) != nil } }

  /// What becomes of an item that another boundary made.
  ///
  /// An encrypted item is bound to its id and is never reshaped; reasoning without encrypted content
  /// can only be looked up, so that without its id nothing is left of it. A reference is not the host's
  /// to leave out: it stands for what was said.
  private mutating func foreignFate(of index: Int) -> Fate {
    let item = items[index]
    if item.isReference { return .kept }
    if item.kind == .reasoning { turns.insert(item.turn) }
    if item.kind == .reasoning || item.fingerprint != nil { return .dropped(.foreignCiphertext) }
    return item.id == nil ? .kept : .stripped(.foreignID)
  }

  private func fate(ofOtherInTurn item: StateItem) -> Fate {
    guard item.fingerprint == nil else { return .kept }
    if item.kind == .reasoning { return .dropped(.foreignCiphertext) }
    return item.kind.needsReasoning && item.id != nil ? .stripped(.foreignCiphertext) : .kept
  }
}
