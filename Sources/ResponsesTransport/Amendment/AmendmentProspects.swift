import JSONText
import TransportSDK

/// What amendments could still change of an input, noticed while it is walked.
///
/// A few comparisons an item; nothing is kept but where the newest blob stands.
struct AmendmentProspects {
  private var sealedTurns = 0
  private var isTurnSealed = false
  private var newestBlob: JSONValue?
  /// Whether an item needs to be looked up that could do without.
  private var isLookedUp = false
  private var hasReference = false
  /// Whether the item before is reasoning.
  private var isReasoningLast = false
  /// Whether reasoning stands before an item that is none of its turn.
  private var hasOrphan = false
  private var hasAssistants = false
  private var endsWithAssistants = false

  /// Sees the next item that is sent.
  mutating func see(_ kind: ItemKind, sealed: JSONValue?, isReference: Bool) {
    if kind.endsTurn {
      isTurnSealed = false
      if isReasoningLast { hasOrphan = true }
    }
    isReasoningLast = false
    endsWithAssistants = kind.isAssistants
    hasAssistants = hasAssistants || kind.isAssistants
    hasReference = hasReference || isReference
    if case .reasoning = kind { seeReasoning(sealed) }
  }

  /// Sees an id that the upstream will look up.
  mutating func seeLookedUpID() { isLookedUp = true }

  private mutating func seeReasoning(_ sealed: JSONValue?) {
    isReasoningLast = true
    guard let sealed else {
      isLookedUp = true
      return
    }
    newestBlob = sealed
    if !isTurnSealed { sealedTurns += 1 }
    isTurnSealed = true
  }

  /// Notes the amendments that would change the request.
  ///
  /// - Parameters:
  ///   - rules: The rules of the upstream; one that it does not have is never offered.
  ///   - parent: Whether it names a previous response, and whether its input carries the transcript.
  ///   - text: The caller's body.
  ///   - exchange: Takes the notes.
  func note(
    for rules: RuleSet, parent: (isNamed: Bool, isReplaceable: Bool), in text: Span<UInt8>,
    into exchange: inout ExchangeDraft
  ) {
    if sealedTurns > 1, rules[.newestReasoning] != nil { exchange.note(possible: .newestReasoning) }
    if let newestBlob, rules[.foreignReasoning] != nil {
      let fingerprint = Fingerprint.of(newestBlob, in: text)
      exchange.note(possible: .dropReasoning, Fingerprint.text(fingerprint))
    }
    let isInlinable = isLookedUp || hasOrphan || isReasoningLast
    let isInlineLeft = parent.isNamed ? parent.isReplaceable : isInlinable && !hasReference
    if isInlineLeft, rules[.inlineReplay] != nil {
      exchange.note(possible: .inlineReplay)
    }
    if parent.isNamed, hasAssistants, !endsWithAssistants, rules[.duplicateItems] != nil {
      exchange.note(possible: .dropDuplicates)
    }
  }
}
