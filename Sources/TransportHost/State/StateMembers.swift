internal import JSONText

/// The members of an item that tell of state; of duplicates the last.
struct StateMembers {
  /// The type; nil also where it is empty or null, which say nothing.
  private(set) var type: JSONValue?
  private(set) var role: JSONValue?
  /// The id; nil also where it is no string or an empty one.
  private(set) var id: JSONValue?
  /// What pairs a call with its output; nil also where it is no string.
  private(set) var callID: JSONValue?
  /// The encrypted content; nil also where it is null or empty.
  private(set) var sealed: JSONValue?
  private var hasOthers = false

  /// Whether there is an id and nothing else, but for a type that says nothing.
  var isIDOnly: Bool { id != nil && !hasOthers }

  /// Reads the object at which a reader stands; nil where it breaks off.
  init?(_ reader: inout JSONReader, in text: Span<UInt8>) {
    reader.enter()
    while let key = reader.nextKey(in: text) {
      guard let value = reader.skip(in: text) else { return nil }
      note(JSONMember(key: key, value: value), in: text)
    }
  }

  private mutating func note(_ member: JSONMember, in text: Span<UInt8>) {
    let value = member.value
    switch Key(member, in: text) {
    case .type: type = value.kind == .null || value.isEmptyString ? nil : value
    case .id: id = value.hasContent ? value : nil
    case .role: (role, hasOthers) = (value, true)
    case .callID: (callID, hasOthers) = (value.kind == .string ? value : nil, true)
    case .sealed: (sealed, hasOthers) = (value.hasContent ? value : nil, true)
    case .other: hasOthers = true
    }
  }
}

extension StateMembers {
  private enum Key {
    case type, role, id, callID, sealed, other

    // Keys are told apart by their first letter, so that most are compared once or not at all.
    init(_ member: JSONMember, in text: Span<UInt8>) {
      switch text[min(member.key.lowerBound + 1, text.count - 1)] {
      case UInt8(ascii: "t"): self = member.isNamed("type", in: text) ? .type : .other
      case UInt8(ascii: "r"): self = member.isNamed("role", in: text) ? .role : .other
      case UInt8(ascii: "i"): self = member.isNamed("id", in: text) ? .id : .other
      case UInt8(ascii: "c"): self = member.isNamed("call_id", in: text) ? .callID : .other
      case UInt8(ascii: "e"):
        self = member.isNamed("encrypted_content", in: text) ? .sealed : .other
      case UInt8(ascii: "\\"): self = Self.escaped(member.name(in: text))
      default: self = .other
      }
    }

    private static func escaped(_ name: String) -> Key {
      switch name {
      case "type": .type
      case "role": .role
      case "id": .id
      case "call_id": .callID
      case "encrypted_content": .sealed
      default: .other
      }
    }
  }
}

extension JSONValue {
  fileprivate var isEmptyString: Bool { kind == .string && range.count == 2 }
}
