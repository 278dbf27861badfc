import JSONText
import TransportSDK

/// Which members of an item go, by the rules that say so.
struct Removal {
  private var id: EditSource?
  private var status: EditSource?
  private var excess: EditSource?
  private var phase: EditSource?

  /// What goes from an item of this kind.
  ///
  /// - Parameters:
  ///   - kind: What the item is.
  ///   - hasBlob: Whether it has encrypted content.
  ///   - rules: The rules of the upstream.
  ///   - strip: The reason for which its id goes where no rule says so.
  ///   - phase: The reason for which its phase goes.
  init(
    of kind: ItemKind, hasBlob: Bool, rules: RuleSet, strip: EditSource? = nil,
    phase: EditSource? = nil
  ) {
    switch kind {
    case .message, .call, .callOutput:
      id = rules[.replayedID] ?? strip
      if case .message = kind { self.phase = phase }
      status = rules[.replayedStatus]
    case .reasoning:
      excess = hasBlob ? rules[.reasoningFields] : nil
    case .otherOutput, .other: break
    }
  }

  /// The rule for which a member goes; nil: it stays.
  func source(for key: ItemKey) -> EditSource? {
    switch key {
    case .id: id
    case .status: status ?? excess
    case .type, .summary, .encryptedContent: nil
    case .phase: phase ?? excess
    case .role, .content, .callID, .other: excess
    }
  }
}

/// Takes members out of one object, from left to right, each with the comma that goes with it.
struct MemberRemoval {
  private var keepsAny = false
  /// Where a run of removed members at the start began.
  private var head: Int?

  /// Removes the member at `place`.
  mutating func remove(
    _ place: Int, of members: [ItemFindings.Member], in edits: inout JSONEdits
  ) {
    if keepsAny {
      let before = members[place - 1].value.range.upperBound
      edits.replace(before..<members[place].value.range.upperBound, with: [])
    } else if head == nil {
      head = members[place].start
    }
  }

  /// Keeps the member at `place`.
  mutating func keep(_ place: Int, of members: [ItemFindings.Member], in edits: inout JSONEdits) {
    if let head { edits.replace(head..<members[place].start, with: []) }
    head = nil
    keepsAny = true
  }

  /// Ends the object.
  func end(_ members: [ItemFindings.Member], in edits: inout JSONEdits) {
    if let head, let last = members.last {
      edits.replace(head..<last.value.range.upperBound, with: [])
    }
  }
}
