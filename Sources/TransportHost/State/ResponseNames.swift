internal import JSONText
internal import Routing

/// Finds what can be referred to in an answer: the id of a response, and the ids and ciphertexts of
/// items.
enum ResponseNames {
  /// The names in a response object, or in a list of items; none where it is no object.
  ///
  /// What stands behind both id and items is not read: half of a response tells only how it was made.
  static func names(in text: Span<UInt8>) -> [StateName] {
    var names: [StateName] = []
    var (hasID, hasItems) = (false, false)
    forEachMember(of: text) { key, reader in
      if key.isNamed("id", in: text) {
        if let id = reader.skip(in: text)?.string(in: text) { names.append(.response(id)) }
        hasID = true
      } else if key.isNamed("output", in: text) || key.isNamed("data", in: text),
        reader.kind(in: text) == .array
      {
        names += StateItems(&reader, in: text).names(in: text)
        hasItems = true
      } else {
        return reader.skip(in: text) != nil
      }
      return !(hasID && hasItems)
    }
    return names
  }

  /// The names of the item that an event carries.
  static func namesOfItem(in event: Span<UInt8>) -> [StateName] {
    var names: [StateName] = []
    forEachMember(of: event) { key, reader in
      guard key.isNamed("item", in: event), reader.kind(in: event) == .object,
        let item = StateItem(&reader, turn: 0, in: event)
      else { return reader.skip(in: event) != nil }
      names = StateItems(item).names(in: event)
      return false
    }
    return names
  }

  /// Goes through the members of an object.
  ///
  /// - Parameters:
  ///   - text: The object.
  ///   - body: Is given each key, and the reader at its value, which it must step over; it answers
  ///     whether to go on.
  private static func forEachMember(
    of text: Span<UInt8>, _ body: (JSONMember, inout JSONReader) -> Bool
  ) {
    guard let start = text.indices.first(where: { text[$0] > 0x20 }) else { return }
    var reader = JSONReader(at: start)
    guard reader.kind(in: text) == .object else { return }
    reader.enter()
    while let key = reader.nextKey(in: text) {
      let member = JSONMember(key: key, value: JSONValue(kind: .null, range: key))
      guard body(member, &reader) else { return }
    }
  }
}
