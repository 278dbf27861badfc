/// Walks a text strictly by the grammar of RFC 8259; the bytes are known to be UTF-8.
///
/// Nesting is kept in bits, not on the call stack, so that no text and no limit can overflow it.
struct JSONScanner {
  /// The next byte to look at.
  var offset = 0
  private let depthLimit: Int

  init(depthLimit: Int) {
    self.depthLimit = depthLimit
  }

  /// Reads one value, with the white space before it.
  mutating func value(in text: Span<UInt8>) throws(JSONTextError) -> JSONValue {
    try value(in: text, depth: 0)
  }

  /// Reads one value and, if it is an object, notes its members.
  mutating func index(in text: Span<UInt8>) throws(JSONTextError) -> JSONIndex {
    skipSpace(in: text)
    guard offset < text.count, text[offset] == UInt8(ascii: "{"), depthLimit > 0 else {
      return JSONIndex(root: try value(in: text), members: [])
    }
    let start = offset
    offset += 1
    var members: [JSONMember] = []
    // Most requests and events have no more, and then one allocation is enough.
    members.reserveCapacity(text.count < 32 ? 2 : 12)
    while try hasElement(in: text, of: .object, isFirst: members.isEmpty) {
      let key = try key(in: text)
      members.append(JSONMember(key: key, value: try value(in: text, depth: 1)))
    }
    return JSONIndex(root: JSONValue(kind: .object, range: start..<offset), members: members)
  }

  /// Checks that nothing but white space is left.
  mutating func end(in text: Span<UInt8>) throws(JSONTextError) {
    skipSpace(in: text)
    guard offset == text.count else { throw JSONTextError(.trailingContent, at: offset) }
  }
}

extension JSONScanner {
  private mutating func value(
    in text: Span<UInt8>, depth: Int
  ) throws(JSONTextError) -> JSONValue {
    skipSpace(in: text)
    let start = offset
    let kind = try scalarOrOpening(in: text)
    if kind == .object || kind == .array {
      try container(in: text, kind, depth: depth + 1)
    }
    return JSONValue(kind: kind, range: start..<offset)
  }

  /// Reads on from behind an opening bracket to behind the one that closes it.
  private mutating func container(
    in text: Span<UInt8>, _ outermost: JSONKind, depth: Int
  ) throws(JSONTextError) {
    var open = OpenContainers()
    var innermost = outermost
    var isFirst = true
    while true {
      if isFirst, depth + open.count > depthLimit {
        throw JSONTextError(.depthLimitExceeded, at: offset - 1)
      }
      guard try hasElement(in: text, of: innermost, isFirst: isFirst) else {
        guard let outer = open.pop() else { return }
        innermost = outer
        isFirst = false
        continue
      }
      if innermost == .object { _ = try key(in: text) }
      skipSpace(in: text)
      let kind = try scalarOrOpening(in: text)
      isFirst = kind == .object || kind == .array
      if isFirst {
        open.push(innermost)
        innermost = kind
      }
    }
  }

  /// Reads the comma before an element, or the bracket behind the last one.
  ///
  /// - Returns: Whether an element must follow.
  @inline(__always)
  private mutating func hasElement(
    in text: Span<UInt8>, of container: JSONKind, isFirst: Bool
  ) throws(JSONTextError) -> Bool {
    skipSpace(in: text)
    guard offset < text.count else { throw JSONTextError(.unexpectedEnd, at: offset) }
    let close = container == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
    if text[offset] == close {
      offset += 1
      return false
    }
    if isFirst { return true }
    guard text[offset] == UInt8(ascii: ",") else {
      throw JSONTextError(
        container == .object ? .expectedCommaOrBrace : .expectedCommaOrBracket, at: offset)
    }
    offset += 1
    return true
  }

  /// Reads a key and its colon.
  ///
  /// - Returns: The key's bytes, quotes included.
  @inline(__always)
  private mutating func key(in text: Span<UInt8>) throws(JSONTextError) -> Range<Int> {
    skipSpace(in: text)
    guard offset < text.count else { throw JSONTextError(.unexpectedEnd, at: offset) }
    guard text[offset] == UInt8(ascii: "\"") else {
      throw JSONTextError(.expectedKey, at: offset)
    }
    let start = offset
    try string(in: text)
    let end = offset
    skipSpace(in: text)
    guard offset < text.count else { throw JSONTextError(.unexpectedEnd, at: offset) }
    guard text[offset] == UInt8(ascii: ":") else {
      throw JSONTextError(.expectedColon, at: offset)
    }
    offset += 1
    return start..<end
  }

  /// Reads a whole scalar, or the opening bracket of a container.
  @inline(__always)
  private mutating func scalarOrOpening(in text: Span<UInt8>) throws(JSONTextError) -> JSONKind {
    guard offset < text.count else { throw JSONTextError(.unexpectedEnd, at: offset) }
    guard let kind = JSONKind(firstByte: text[offset]) else {
      let isMark = offset == 0 && text[0] == 0xEF
      throw JSONTextError(isMark ? .byteOrderMark : .expectedValue, at: offset)
    }
    switch kind {
    case .object, .array: offset += 1
    case .string: try string(in: text)
    case .number: try number(in: text)
    case .true: try literal("true", in: text)
    case .false: try literal("false", in: text)
    case .null: try literal("null", in: text)
    }
    return kind
  }

  @inline(__always)
  mutating func skipSpace(in text: Span<UInt8>) {
    while offset < text.count, text[offset].isJSONSpace { offset += 1 }
  }
}
