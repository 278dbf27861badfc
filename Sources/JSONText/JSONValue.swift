/// What a JSON value is, known from its first byte.
public enum JSONKind: UInt8, Sendable {
  /// Members between braces.
  case object
  /// Items between brackets.
  case array
  /// Text between quotes.
  case string
  /// A decimal number.
  case number
  /// The literal `true`.
  case `true`
  /// The literal `false`.
  case `false`
  /// The literal `null`.
  case null
}

/// A JSON value as a place in a text.
///
/// It holds offsets only: every method that reads takes the text, which must be the one the value
/// was found in. Any other text gives a wrong answer, never a read outside of it.
public struct JSONValue: Sendable, Hashable {
  /// What the value is.
  public let kind: JSONKind
  /// Its bytes, without the white space around it; a string's quotes included.
  public let range: Range<Int>

  /// Names a value whose kind and place are known.
  ///
  /// - Parameters:
  ///   - kind: What the value is.
  ///   - range: Its bytes, without the white space around it.
  public init(kind: JSONKind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  /// Names the value at a place whose kind is not known, as a range that came over a boundary.
  ///
  /// Nil when the range is empty, lies outside of the text, or starts with a byte that starts no
  /// value.
  ///
  /// - Parameters:
  ///   - range: The bytes of one value, without the white space around it.
  ///   - text: The text it lies in.
  public init?(at range: Range<Int>, in text: Span<UInt8>) {
    guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= text.count,
      let kind = JSONKind(firstByte: text[range.lowerBound])
    else { return nil }
    self.init(kind: kind, range: range)
  }
}

/// A member of a JSON object: its key and its value as places in a text.
public struct JSONMember: Sendable, Hashable {
  /// The key's bytes, its quotes included.
  public let key: Range<Int>
  /// The value.
  public let value: JSONValue

  /// Names a member whose places are known.
  ///
  /// - Parameters:
  ///   - key: The key's bytes, its quotes included.
  ///   - value: The value.
  public init(key: Range<Int>, value: JSONValue) {
    self.key = key
    self.value = value
  }
}

/// A validated text: its root, and the root's members.
public struct JSONIndex: Sendable, Hashable {
  /// The one value of the text.
  public let root: JSONValue
  /// The root's members in the order of the text; empty unless the root is an object.
  public let members: [JSONMember]

  /// Puts together an index of parts that are known.
  ///
  /// - Parameters:
  ///   - root: The one value of the text.
  ///   - members: The root's members in the order of the text.
  public init(root: JSONValue, members: [JSONMember]) {
    self.root = root
    self.members = members
  }
}

extension JSONKind {
  /// The kind of the value that starts with `byte`; nil when no value does.
  init?(firstByte byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"): self = .object
    case UInt8(ascii: "["): self = .array
    case UInt8(ascii: "\""): self = .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): self = .number
    case UInt8(ascii: "t"): self = .true
    case UInt8(ascii: "f"): self = .false
    case UInt8(ascii: "n"): self = .null
    default: return nil
    }
  }
}
