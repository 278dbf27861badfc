import JSONText

/// A JSON text in one way of writing it, so that equal values have equal bytes.
///
/// Without white space, members in the order of their names' bytes, the last of several of one name,
/// strings with the escapes that they must have, numbers by their value.
struct CanonicalJSON {
  private(set) var bytes: [UInt8] = []

  /// The canonical form, without volatile members; nil when `text` is no JSON.
  static func bytes(of text: [UInt8], without volatile: VolatileMembers) -> [UInt8]? {
    let span = text.span
    guard let root = try? JSONText.validate(span) else { return nil }
    var canonical = CanonicalJSON()
    var reader = JSONReader(at: root.range.lowerBound)
    canonical.append(span, &reader, volatile)
    return canonical.bytes
  }

  private mutating func append(
    _ text: Span<UInt8>, _ reader: inout JSONReader, _ volatile: VolatileMembers
  ) {
    switch reader.kind(in: text) {
    case .object: appendObject(text, &reader, volatile)
    case .array: appendArray(text, &reader, volatile)
    case .string:
      guard let string = reader.skip(in: text)?.string(in: text) else { return }
      JSONEscape.append(string, to: &bytes)
    case .number:
      guard let value = reader.skip(in: text) else { return }
      bytes += DecimalNumber.canonical(Self.source(of: value.range, in: text))
    case .true, .false, .null:
      guard let value = reader.skip(in: text) else { return }
      bytes += Self.source(of: value.range, in: text)
    case nil: return
    }
  }

  private mutating func appendArray(
    _ text: Span<UInt8>, _ reader: inout JSONReader, _ volatile: VolatileMembers
  ) {
    bytes.append(UInt8(ascii: "["))
    reader.enter()
    let start = bytes.count
    var index = 0
    while reader.nextItem(in: text) {
      let token = volatile.isEmpty ? "" : String(index)
      index += 1
      if volatile.removes(token) {
        _ = reader.skip(in: text)
        continue
      }
      if bytes.count > start { bytes.append(UInt8(ascii: ",")) }
      append(text, &reader, volatile.below(token))
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func appendObject(
    _ text: Span<UInt8>, _ reader: inout JSONReader, _ volatile: VolatileMembers
  ) {
    var members: [(name: String, value: [UInt8])] = []
    reader.enter()
    while let key = reader.nextKey(in: text) {
      let name = JSONValue(kind: .string, range: key).string(in: text) ?? ""
      if volatile.removes(name) {
        _ = reader.skip(in: text)
        continue
      }
      var value = CanonicalJSON()
      value.append(text, &reader, volatile.below(name))
      members.append((name, value.bytes))
    }
    // The sort keeps the order of equal names, so that the last one is the one that counts.
    members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    bytes.append(UInt8(ascii: "{"))
    let start = bytes.count
    for (index, member) in members.enumerated() {
      let isRepeated =
        index + 1 < members.count && members[index + 1].name.utf8.elementsEqual(member.name.utf8)
      if isRepeated { continue }
      if bytes.count > start { bytes.append(UInt8(ascii: ",")) }
      JSONEscape.append(member.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      bytes += member.value
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func source(of range: Range<Int>, in text: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    for offset in range { bytes.append(text[offset]) }
    return bytes
  }
}
