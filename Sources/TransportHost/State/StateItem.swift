internal import JSONText

/// What one item says of stored state; places are in the text that it was read from.
struct StateItem: Sendable {
  /// What an item is, as far as state tells items apart.
  enum Kind: Sendable, Hashable {
    /// A message; the assistant's own or another's.
    case message(isAssistant: Bool)
    /// A call of a function or custom tool.
    case call
    /// What such a call gave.
    case callOutput
    /// Reasoning.
    case reasoning
    /// The output of a call to some other tool.
    case otherOutput
    /// Anything else, such as a compaction.
    case other

    /// Whether the item is no part of the assistant's turn, so that the turn ends with it.
    var endsTurn: Bool {
      switch self {
      case .message(let isAssistant): !isAssistant
      case .callOutput, .otherOutput: true
      case .call, .reasoning, .other: false
      }
    }

    /// Whether its id asks for the reasoning that it came with.
    var needsReasoning: Bool { self == .message(isAssistant: true) || self == .call }
  }

  /// The whole item.
  let value: JSONValue
  let kind: Kind
  /// Counts the assistant's turns; what stands between two belongs to neither.
  let turn: Int
  /// The id, never empty; nil: none.
  let id: JSONValue?
  /// What pairs a call with its output; nil: nothing does.
  let callID: JSONValue?
  /// What its encrypted content is known by; nil: it has none.
  let fingerprint: UInt64?
  /// Whether it is but the name of a stored item.
  let isReference: Bool

  /// Reads the value at which a reader stands and steps over it; nil where none stands there.
  init?(_ reader: inout JSONReader, turn: Int, in text: Span<UInt8>) {
    let start = reader.offset
    self.turn = turn
    guard reader.kind(in: text) == .object else {
      guard let value = reader.skip(in: text) else { return nil }
      (self.value, kind, id, callID) = (value, .other, nil, nil)
      (fingerprint, isReference) = (nil, false)
      return
    }
    guard let members = StateMembers(&reader, in: text) else { return nil }
    value = JSONValue(kind: .object, range: start..<reader.offset)
    kind = Kind(members, in: text)
    id = members.id
    callID = members.callID
    fingerprint = members.sealed.map { BlobFingerprint.of($0, in: text) }
    isReference = members.type?.isString("item_reference", in: text) ?? members.isIDOnly
  }
}

extension StateItem.Kind {
  /// The kind that an item's type names, or its role where it has none.
  fileprivate init(_ members: StateMembers, in text: Span<UInt8>) {
    guard let type = members.type else {
      let message = members.role.map { Self.message(isAssistant: $0.isAssistant(in: text)) }
      self = message ?? .other
      return
    }
    if type.isString("message", in: text) {
      self = .message(isAssistant: members.role?.isAssistant(in: text) ?? false)
    } else if type.isString("reasoning", in: text) {
      self = .reasoning
    } else if type.isString("function_call", in: text)
      || type.isString("custom_tool_call", in: text)
    {
      self = .call
    } else if type.isString("function_call_output", in: text)
      || type.isString("custom_tool_call_output", in: text)
    {
      self = .callOutput
    } else {
      self = type.endsInOutput(in: text) ? .otherOutput : .other
    }
  }
}

extension JSONValue {
  fileprivate func isAssistant(in text: Span<UInt8>) -> Bool { isString("assistant", in: text) }

  /// Whether a string ends in `_output`, as the types of all outputs do.
  fileprivate func endsInOutput(in text: Span<UInt8>) -> Bool {
    let ending = "_output".utf8.span
    let start = range.upperBound - 1 - ending.count
    guard kind == .string, start > range.lowerBound else { return false }
    return ending.indices.allSatisfy { text[start + $0] == ending[$0] }
  }
}
