internal import JSONText

/// Rewrites the ids of responses in what goes out to a caller; the ids of items stay.
enum ResponseIDText {
  /// Gives the response in an event, or a response itself, other ids.
  ///
  /// Changed are `id` and `previous_response_id`: of the object under `response`, or of the whole where
  /// its `object` says that it is a response, compacted, or deleted; or says nothing, and there is an
  /// output. Every other byte stays.
  ///
  /// - Parameters:
  ///   - data: A checked JSON text: the data of an event, or a body.
  ///   - tagged: What stands in the place of an id.
  /// - Returns: Nil where nothing changes.
  static func rewritten(_ data: Span<UInt8>, tagged: (String) -> String) -> [UInt8]? {
    guard !data.beginsAsDelta, let ids = ids(in: data) else { return nil }
    var edits = JSONEdits()
    for id in ids {
      guard let raw = id.string(in: data) else { continue }
      let new = tagged(raw)
      if new != raw { edits.replace(id.range, with: JSONEscape.literal(new)) }
    }
    return edits.isEmpty ? nil : edits.rope(over: data.count).bytes(of: data)
  }

  /// The ids of responses in a text; nil where it is no object.
  private static func ids(in data: Span<UInt8>) -> [JSONValue]? {
    guard let start = data.indices.first(where: { data[$0] > 0x20 }) else { return nil }
    var reader = JSONReader(at: start)
    guard reader.kind(in: data) == .object else { return nil }
    var nested = ResponseIDs()
    let whole = ResponseIDs(&reader, in: data) { key, reader in
      guard key.isNamed("response", in: data), reader.kind(in: data) == .object else {
        return false
      }
      nested = ResponseIDs(&reader, in: data) { _, _ in false }
      return true
    }
    return whole.areOfResponse ? whole.values + nested.values : nested.values
  }
}

/// The ids that one object has, read in one pass.
private struct ResponseIDs {
  private(set) var values: [JSONValue] = []
  /// Whether the object says that it is a response, or what was made of one; nil: it does not say.
  private var isStated: Bool?
  private var hasOutput = false
  /// Whether the object is a response, or what was made of one.
  var areOfResponse: Bool { isStated ?? hasOutput }

  init() {}

  /// Reads the object at which a reader stands.
  ///
  /// - Parameters:
  ///   - reader: Stands before the object, and behind it afterwards.
  ///   - data: The text.
  ///   - readNested: Reads the value of a member by itself; false: it is stepped over.
  init(
    _ reader: inout JSONReader, in data: Span<UInt8>,
    readNested: (JSONMember, inout JSONReader) -> Bool
  ) {
    reader.enter()
    while let key = reader.nextKey(in: data) {
      let member = JSONMember(key: key, value: JSONValue(kind: .null, range: key))
      if data.mayBeNested(key), readNested(member, &reader) { continue }
      guard let value = reader.skip(in: data) else { return }
      note(JSONMember(key: key, value: value), in: data)
    }
  }

  private mutating func note(_ member: JSONMember, in data: Span<UInt8>) {
    if member.isNamed("id", in: data) || member.isNamed("previous_response_id", in: data) {
      if member.value.hasContent { values.append(member.value) }
    } else if member.isNamed("object", in: data) {
      isStated = Self.kinds.contains { member.value.isString($0, in: data) }
    } else if member.isNamed("output", in: data) {
      hasOutput = member.value.kind == .array
    }
  }

  private static let kinds: [StaticString] = [
    "response", "response.compaction", "response.deleted",
  ]
}

extension Span where Element == UInt8 {
  /// Whether a key can be `response`: it begins so, or with an escape.
  fileprivate func mayBeNested(_ key: Range<Int>) -> Bool {
    let first = self[key.lowerBound + 1]
    return first == UInt8(ascii: "r") || first == UInt8(ascii: "\\")
  }

  /// Whether the text begins with a type that ends in `.delta`, as nearly every event's does: these
  /// carry no response.
  fileprivate var beginsAsDelta: Bool {
    let head = #"{"type":""#.utf8.span
    let limit = Swift.min(count, 96)
    guard limit > head.count, head.indices.allSatisfy({ self[$0] == head[$0] }) else {
      return false
    }
    var end = head.count
    while end < limit, self[end] != UInt8(ascii: "\"") { end += 1 }
    return end < limit && endsInDelta(at: end)
  }

  private func endsInDelta(at end: Int) -> Bool {
    let tail = ".delta".utf8.span
    return end >= tail.count && tail.indices.allSatisfy { self[end - tail.count + $0] == tail[$0] }
  }
}
