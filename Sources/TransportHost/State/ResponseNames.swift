internal import JSONText
internal import Routing

/// Finds what can be referred to in a response: its own id, and the ids and ciphertexts of its items.
enum ResponseNames {
  /// The names in a response object; none where it is no object.
  static func names(in text: Span<UInt8>) -> [StateName] {
    guard let root = JSONValue(at: 0..<text.count, in: text), root.kind == .object else {
      return []
    }
    var names: [StateName] = []
    var members = JSONMembers(of: root)
    while let member = members.next(in: text) {
      if member.isNamed("id", in: text), let id = member.value.string(in: text) {
        names.append(.response(id))
      } else if member.isNamed("output", in: text), member.value.kind == .array {
        names += StateItems(of: member.value, in: text).names(in: text)
      }
    }
    return names
  }
}
