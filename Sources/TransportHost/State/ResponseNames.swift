internal import JSONText
internal import Routing

/// Finds what can be referred to in an answer: the id of a response, and the ids and ciphertexts of
/// items.
enum ResponseNames {
  /// The names in a response object, or in a list of items; none where it is no object.
  static func names(in text: Span<UInt8>) -> [StateName] {
    var names: [StateName] = []
    forEachMember(of: text) { member in
      if member.isNamed("id", in: text), let id = member.value.string(in: text) {
        names.append(.response(id))
      } else if member.isNamed("output", in: text) || member.isNamed("data", in: text),
        member.value.kind == .array
      {
        names += StateItems(of: member.value, in: text).names(in: text)
      }
    }
    return names
  }

  /// The names of the item that an event carries.
  static func namesOfItem(in event: Span<UInt8>) -> [StateName] {
    var names: [StateName] = []
    forEachMember(of: event) { member in
      var reader = JSONReader(at: member.value.range.lowerBound)
      guard member.isNamed("item", in: event), member.value.kind == .object,
        let item = StateItem(&reader, turn: 0, in: event)
      else { return }
      names += StateItems(item).names(in: event)
    }
    return names
  }

  private static func forEachMember(of text: Span<UInt8>, _ body: (JSONMember) -> Void) {
    guard let root = JSONValue(at: 0..<text.count, in: text), root.kind == .object else { return }
    var members = JSONMembers(of: root)
    while let member = members.next(in: text) { body(member) }
  }
}
