import JSONText

/// What one item of `input` is, as far as the rules tell items apart.
enum ItemKind {
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
  /// Anything else; no rule looks inside.
  case other

  /// The kind that a type names.
  init(type: JSONValue, role: JSONValue?, in text: Span<UInt8>) {
    let isAssistant = role?.isString("assistant", in: text) ?? false
    if type.isString("message", in: text) {
      self = .message(isAssistant: isAssistant)
    } else if type.isString("function_call", in: text)
      || type.isString("custom_tool_call", in: text)
    {
      self = .call
    } else if type.isString("function_call_output", in: text)
      || type.isString("custom_tool_call_output", in: text)
    {
      self = .callOutput
    } else if type.isString("reasoning", in: text) {
      self = .reasoning
    } else {
      self = text.endsInOutput(type.range) ? .otherOutput : .other
    }
  }

  /// Whether the assistant made the item, and a stored response would hold it.
  var isAssistants: Bool {
    switch self {
    case .message(let isAssistant): isAssistant
    case .call, .reasoning: true
    case .callOutput, .otherOutput, .other: false
    }
  }

  /// Whether an id on the item makes the upstream look it up, though the item stands there in full.
  var isReplayed: Bool {
    switch self {
    case .message, .call, .callOutput: true
    case .reasoning, .otherOutput, .other: false
    }
  }

  /// Whether the item is no part of the assistant's turn, so that the turn ends before it.
  var endsTurn: Bool {
    switch self {
    case .message(let isAssistant): !isAssistant
    case .callOutput, .otherOutput: true
    case .call, .reasoning, .other: false
    }
  }
}

/// The members of items that rules look at.
enum ItemKey {
  case type, role, id, status, content, callID, summary, encryptedContent, phase, other

  /// The member that `key`, quotes included, names.
  init(_ key: Range<Int>, in text: Span<UInt8>) {
    let member = JSONMember(key: key, value: JSONValue(kind: .null, range: key))
    // Keys are told apart by their first letter, so that most are compared once or not at all.
    switch text[min(key.lowerBound + 1, text.count - 1)] {
    case UInt8(ascii: "t"): self = member.isNamed("type", in: text) ? .type : .other
    case UInt8(ascii: "r"): self = member.isNamed("role", in: text) ? .role : .other
    case UInt8(ascii: "i"): self = member.isNamed("id", in: text) ? .id : .other
    case UInt8(ascii: "s"):
      self =
        if member.isNamed("status", in: text) {
          .status
        } else if member.isNamed("summary", in: text) { .summary } else { .other }
    case UInt8(ascii: "c"):
      self =
        if member.isNamed("content", in: text) {
          .content
        } else if member.isNamed("call_id", in: text) { .callID } else { .other }
    case UInt8(ascii: "e"):
      self = member.isNamed("encrypted_content", in: text) ? .encryptedContent : .other
    case UInt8(ascii: "p"): self = member.isNamed("phase", in: text) ? .phase : .other
    case UInt8(ascii: "\\"): self = Self.escaped(member, in: text)
    default: self = .other
    }
  }

  private static func escaped(_ member: JSONMember, in text: Span<UInt8>) -> ItemKey {
    switch member.name(in: text) {
    case "type": .type
    case "role": .role
    case "id": .id
    case "status": .status
    case "content": .content
    case "call_id": .callID
    case "summary": .summary
    case "phase": .phase
    case "encrypted_content": .encryptedContent
    default: .other
    }
  }
}

extension Span where Element == UInt8 {
  /// Whether the string at `range`, quotes included, ends in `_output`, as the types of all outputs do.
  fileprivate func endsInOutput(_ range: Range<Int>) -> Bool {
    var offset = range.upperBound - 1
    for byte in "_output".utf8.reversed() {
      offset -= 1
      guard offset > range.lowerBound, self[offset] == byte else { return false }
    }
    return true
  }
}
