import JSONText

/// JSON bytes together with how parts of them are read and copied.
///
/// Offsets count from the first byte, wherever in its array the slice begins.
struct JSONSource {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// The bytes of a value or key, as they stand.
  func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
    let start = bytes.startIndex
    return bytes[start + range.lowerBound..<start + range.upperBound]
  }

  /// What stands between the quotes of a string, escapes as they are.
  func content(of string: JSONValue) -> ArraySlice<UInt8> {
    slice(string.range).dropFirst().dropLast()
  }

  /// The decoded string; nil unless the value is one.
  func string(_ value: JSONValue?) -> String? { value?.string(in: bytes.span) }

  func isString(_ value: JSONValue?, _ expected: StaticString) -> Bool {
    value?.isString(expected, in: bytes.span) ?? false
  }

  func integer(_ value: JSONValue?) -> Int? { value?.integer(in: bytes.span) }

  /// The known members of an object, the last one where a name stands twice.
  func fields<Name>(_ value: JSONValue?) -> Fields<Name> {
    var members: [JSONMember] = []
    if let value {
      var cursor = JSONMembers(of: value)
      while let member = cursor.next(in: bytes.span) { members.append(member) }
    }
    return Fields(members, in: bytes.span)
  }

  /// A value's items; none unless it is an array.
  func items(_ value: JSONValue?) -> [JSONValue] {
    guard let value else { return [] }
    var cursor = JSONItems(of: value)
    var items: [JSONValue] = []
    while let item = cursor.next(in: bytes.span) { items.append(item) }
    return items
  }
}

extension JSONValue {
  var isBoolean: Bool { kind == .true || kind == .false }
}

extension JSONKind {
  /// The kind as a refusal names it.
  var words: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .true, .false: "a truth value"
    case .null: "null"
    }
  }
}
