import JSONText

/// The members of one object, sorted into those that are known and the others.
struct Fields<Name: RawRepresentable & Hashable> where Name.RawValue == String {
  private var known: [(name: Name, value: JSONValue)] = []
  /// The members with other names, in the order of the text.
  private(set) var others: [JSONMember] = []
  /// The first member whose known name stood before.
  private(set) var duplicate: JSONMember?

  init(_ members: [JSONMember], in text: Span<UInt8>) {
    for member in members {
      guard let name = Name(rawValue: member.name(in: text)) else {
        others.append(member)
        continue
      }
      if duplicate == nil, known.contains(where: { $0.name == name }) { duplicate = member }
      known.append((name, member.value))
    }
  }

  /// The member's value, of several the last; nil when it is absent or null.
  ///
  /// Both APIs take null for an optional member as if it were not there.
  subscript(name: Name) -> JSONValue? {
    guard let value = known.last(where: { $0.name == name })?.value, value.kind != .null else {
      return nil
    }
    return value
  }
}
