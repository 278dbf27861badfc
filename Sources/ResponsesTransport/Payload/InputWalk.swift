import JSONText
import TransportSDK

/// Applies every rule about the items of `input` in one walk over its bytes.
///
/// Each byte is read once; what no rule is about is stepped over as a whole. Edits are made in the order
/// of the text, so that nothing is sorted later. The scratch arrays live as long as the walk, so that an
/// item costs no allocation.
struct InputWalk {
  /// The edits so far.
  var edits: JSONEdits

  let rules: RuleSet
  /// Whether reasoning without its blob is dropped, or kept with its turn.
  let dropsReasoning: Bool
  /// What amendments say of each item; nil: nothing.
  let plan: InputPlan?
  /// The reason for which messages lose their phase; nil: they keep it.
  let phase: EditSource?
  /// What amendments could still change.
  private(set) var prospects = AmendmentProspects()
  /// The item in hand.
  var item = ItemFindings()

  private(set) var index = 0
  /// Whether the items at hand belong to a turn that is sent as it came.
  private var isTurnKept = false
  private var hasWarned = false
  /// Where the last item ended.
  private var lastEnd: Int?
  /// Whether an item before this one stays.
  private var keepsAny = false
  /// Where a run of dropped items at the start of the array began.
  private var droppedHead: Int?

  /// Prepares a walk.
  init(
    rules: RuleSet, dropsReasoning: Bool, plan: InputPlan? = nil, phase: EditSource? = nil,
    edits: JSONEdits
  ) {
    self.rules = rules
    self.plan = plan
    self.phase = phase
    self.dropsReasoning = dropsReasoning
    self.edits = edits
  }

  /// Walks the array.
  ///
  /// - Throws: `TransportFailure` for an item that can be of no type.
  mutating func run(
    over input: JSONValue, in text: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    var reader = JSONReader(at: input.range.lowerBound)
    reader.enter()
    while reader.nextItem(in: text) {
      let start = reader.offset
      if reader.kind(in: text) == .object {
        item.read(&reader, in: text)
        try finishItem(at: start..<reader.offset, in: text, into: &exchange)
      } else {
        guard reader.skip(in: text) != nil else { return }
        if rules[.messageType] != nil { throw untyped(at: index) }
        keep(at: start)
      }
      lastEnd = reader.offset
      index += 1
    }
    if let start = droppedHead, let end = lastEnd { edits.replace(start..<end, with: []) }
  }
}

// MARK: - One item

extension InputWalk {
  private mutating func finishItem(
    at range: Range<Int>, in text: Span<UInt8>, into exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    if let source = plan?.dropping(index) {
      drop(range, because: source, into: &exchange)
      return
    }
    let typing = try typing(in: text)
    let kind = kind(typing, in: text)
    if kind.endsTurn { isTurnKept = false }
    if case .reasoning = kind, let source = rules[.reasoningWithoutBlob], !item.hasBlob(in: text) {
      guard !dropsReasoning else {
        drop(range, because: source, into: &exchange)
        return
      }
      keepTurn(into: &exchange)
    }
    keep(at: range.lowerBound)
    prospects.see(kind, sealed: item.sealed(in: text), isReference: isReference(typing, in: text))
    type(as: typing, at: range.lowerBound, into: &exchange)
    editMembers(of: kind, in: text, into: &exchange)
  }

  private func kind(_ typing: Typing, in text: Span<UInt8>) -> ItemKind {
    switch typing {
    case .asSent:
      item.type.map { ItemKind(type: $0, role: item.role, in: text) } ?? .other
    case .message: .message(isAssistant: item.role?.isString("assistant", in: text) ?? false)
    case .reference: .other
    }
  }

  private func isReference(_ typing: Typing, in text: Span<UInt8>) -> Bool {
    switch typing {
    case .reference: true
    case .message: false
    case .asSent: item.type?.isString("item_reference", in: text) ?? false
    }
  }

  private mutating func keepTurn(into exchange: inout ExchangeDraft) {
    isTurnKept = true
    guard !hasWarned else { return }
    hasWarned = true
    exchange.warn(
      "/input/\(index): reasoning without encrypted_content is sent as it came, with the ids of its "
        + "turn, and the upstream may not find them. Ask for `include: "
        + "[\"reasoning.encrypted_content\"]` in every turn (capabilities: {reasoning: true} or state: "
        + "stateless in providers.yaml do), or send `store: false` to leave it out.")
  }

  private mutating func editMembers(
    of kind: ItemKind, in text: Span<UInt8>, into exchange: inout ExchangeDraft
  ) {
    let removal = Removal(
      of: kind, hasBlob: item.hasBlob(in: text), rules: rules, strip: plan?.stripping(index),
      phase: phase)
    var members = MemberRemoval()
    for (place, member) in item.members.enumerated() {
      if !isTurnKept || member.key == .phase, let source = removal.source(for: member.key) {
        members.remove(place, of: item.members, in: &edits)
        exchange.report(source, .remove, at: member.value.range.lowerBound)
      } else {
        if member.key == .id, kind.isReplayed { prospects.seeLookedUpID() }
        members.keep(place, of: item.members, in: &edits)
        edit(member, of: kind, in: text, into: &exchange)
      }
    }
    members.end(item.members, in: &edits)
  }

  private mutating func edit(
    _ member: ItemFindings.Member, of kind: ItemKind, in text: Span<UInt8>,
    into exchange: inout ExchangeDraft
  ) {
    switch (member.key, kind) {
    case (.callID, _): shortenCallID(member.value, in: text, into: &exchange)
    case (.content, .message(let isAssistant)) where !isTurnKept:
      if member.value.kind == .string {
        wrap(member.value, isAssistant: isAssistant, into: &exchange)
      } else if isAssistant {
        annotate(within: member.value, into: &exchange)
      }
    default: break
    }
  }
}

// MARK: - Items that stay or go

extension InputWalk {
  private mutating func keep(at start: Int) {
    if let head = droppedHead { edits.replace(head..<start, with: []) }
    droppedHead = nil
    keepsAny = true
  }

  private mutating func drop(
    _ range: Range<Int>, because source: EditSource, into exchange: inout ExchangeDraft
  ) {
    exchange.report(source, .remove, at: range.lowerBound)
    if keepsAny, let lastEnd {
      edits.replace(lastEnd..<range.upperBound, with: [])
    } else {
      droppedHead = droppedHead ?? range.lowerBound
    }
  }
}
