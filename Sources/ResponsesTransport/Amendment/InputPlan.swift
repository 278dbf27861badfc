import TransportSDK

/// What amendments do to each item of an input.
struct InputPlan {
  private enum Fate {
    case kept
    /// Its id goes.
    case stripped(EditSource)
    case dropped(EditSource)
  }

  private let items: [InputSurvey.Item]
  private var fates: [Fate]

  /// Keeps everything.
  init(for survey: InputSurvey) {
    items = survey.items
    fates = Array(repeating: .kept, count: items.count)
  }

  /// Why an item goes; nil: it stays.
  func dropping(_ index: Int) -> EditSource? {
    if case .dropped(let source) = fates[index] { source } else { nil }
  }

  /// Why an item's id goes; nil: nothing here says so.
  func stripping(_ index: Int) -> EditSource? {
    if case .stripped(let source) = fates[index] { source } else { nil }
  }

  /// The first item that goes; nil: none does.
  var firstDropped: Int? { fates.indices.first { dropping($0) != nil } }
}

// MARK: - Amendments

extension InputPlan {
  /// Keeps reasoning in the newest turn that has any.
  mutating func keepNewestReasoning(because source: EditSource) {
    guard let newest = items.last(where: { $0.fingerprint != nil })?.turn else { return }
    dropReasoning(because: source) { $0.fingerprint != nil && $0.turn < newest }
  }

  /// Drops reasoning up to and with the newest item that has one of the fingerprints.
  ///
  /// A conversation only grows, so what was sent when the fingerprint was noted stands before that
  /// item; what came since is the upstream's own. Other conversations do not have the item and keep all.
  mutating func dropReasoning(until fingerprints: [UInt64], because source: EditSource) {
    let last = items.lastIndex { $0.fingerprint.map(fingerprints.contains) ?? false }
    guard let last else { return }
    dropReasoning(because: source, among: 0..<last + 1) { $0.fingerprint != nil }
  }

  /// Drops reasoning, and the ids by which the upstream would ask for it.
  mutating func dropReasoning(
    because source: EditSource, among indices: Range<Int>? = nil,
    where isDropped: (InputSurvey.Item) -> Bool
  ) {
    var turns: Set<Int> = []
    for index in indices ?? items.indices {
      guard case .reasoning = items[index].kind, isDropped(items[index]) else { continue }
      fates[index] = .dropped(source)
      turns.insert(items[index].turn)
    }
    guard !turns.isEmpty else { return }
    strip(because: source) { $0.kind.isAssistants && turns.contains($0.turn) }
  }

  /// Leaves nothing to look up: ids go, reasoning without a blob goes, and so does reasoning that no
  /// item of its turn follows.
  mutating func replayInline(because source: EditSource) {
    strip(because: source) { $0.kind.isReplayed }
    var follower: ItemKind?
    for index in items.indices.reversed() where dropping(index) == nil {
      let item = items[index]
      if case .reasoning = item.kind, item.fingerprint == nil || follower?.endsTurn ?? true {
        fates[index] = .dropped(source)
      } else {
        follower = item.kind
      }
    }
  }

  /// Drops everything through the assistant's newest item; what follows is new.
  mutating func dropDuplicates(because source: EditSource) {
    guard let last = items.lastIndex(where: \.kind.isAssistants), last < items.count - 1 else {
      return
    }
    for index in 0...last { fates[index] = .dropped(source) }
  }

  private mutating func strip(
    because source: EditSource, where isStripped: (InputSurvey.Item) -> Bool
  ) {
    for index in items.indices where isStripped(items[index]) {
      if case .kept = fates[index] { fates[index] = .stripped(source) }
    }
  }
}
