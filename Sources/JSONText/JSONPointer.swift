/// Names places in a JSON text by RFC 6901.
public enum JSONPointer {
  /// The pointer of the innermost value whose bytes, or whose key, hold `offset`.
  ///
  /// An offset between two elements belongs to the container around them. Below a duplicate key the
  /// pointer leads ``JSONValue/value(at:in:)`` to the last of them.
  ///
  /// - Parameters:
  ///   - offset: A byte of `text`, from 0.
  ///   - text: A validated text.
  /// - Returns: The pointer; empty for the root and for an offset outside of it.
  public static func path(to offset: Int, in text: Span<UInt8>) -> String {
    let start = text.spaceEnd(from: 0, limit: text.count)
    var pointer = ""
    var innermost = text.value(at: start, limit: text.count)
    while let value = innermost, value.range.contains(offset) {
      innermost = value.element(at: offset, in: text, extending: &pointer)
    }
    return pointer
  }

  /// The pointers of many places, found in one walk.
  ///
  /// - Parameters:
  ///   - offsets: Bytes of `text`, from 0, in any order.
  ///   - text: A validated text.
  /// - Returns: For each offset what ``path(to:in:)`` gives.
  public static func paths(to offsets: [Int], in text: Span<UInt8>) -> [String] {
    var walk = PointerWalk(to: offsets)
    let start = text.spaceEnd(from: 0, limit: text.count)
    if let root = text.value(at: start, limit: text.count) { walk.visit(root, "", in: text) }
    return walk.pointers
  }

  /// The pointer of a member, present or not, of the value that `pointer` names.
  ///
  /// - Parameters:
  ///   - name: The member's name, or an item's index in decimal digits.
  ///   - pointer: A pointer, empty for the root.
  /// - Returns: `pointer`, a slash, and the name with `~` as `~0` and `/` as `~1`.
  public static func appending(_ name: String, to pointer: String) -> String {
    var extended = pointer + "/"
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": extended += "~0"
      case "/": extended += "~1"
      default: extended.unicodeScalars.append(scalar)
      }
    }
    return extended
  }
}

extension JSONValue {
  /// The value that `pointer` names, counted from this one.
  ///
  /// - Parameters:
  ///   - pointer: An RFC 6901 pointer in its plain form (`/input/0/type`); empty names this value.
  ///   - text: The text this value was found in.
  /// - Returns: The value, below duplicate keys the last one; nil when there is none or the pointer
  ///   is malformed.
  public func value(at pointer: String, in text: Span<UInt8>) -> JSONValue? {
    guard !pointer.isEmpty else { return self }
    guard pointer.utf8.first == UInt8(ascii: "/") else { return nil }
    var value = self
    for token in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let name = String(pointerToken: token), let next = value.element(name, in: text) else {
        return nil
      }
      value = next
    }
    return value
  }

  private func element(_ token: String, in text: Span<UInt8>) -> JSONValue? {
    guard kind == .array else { return member(token, in: text) }
    guard let index = Int(arrayIndex: token) else { return nil }
    var items = JSONItems(of: self)
    for _ in 0..<index where items.next(in: text) == nil { return nil }
    return items.next(in: text)
  }

  /// The element whose bytes hold `offset`; its token is added to `pointer`.
  fileprivate func element(
    at offset: Int, in text: Span<UInt8>, extending pointer: inout String
  ) -> JSONValue? {
    if kind == .array {
      var items = JSONItems(of: self)
      var index = 0
      while let item = items.next(in: text), item.range.lowerBound <= offset {
        if offset < item.range.upperBound {
          pointer = JSONPointer.appending(String(index), to: pointer)
          return item
        }
        index += 1
      }
    } else {
      var members = JSONMembers(of: self)
      while let member = members.next(in: text), member.key.lowerBound <= offset {
        if offset < member.value.range.upperBound {
          pointer = JSONPointer.appending(member.name(in: text), to: pointer)
          return member.value
        }
      }
    }
    return nil
  }
}

extension String {
  /// Decodes a pointer's token; nil when a tilde is followed by neither 0 nor 1.
  fileprivate init?(pointerToken token: Substring) {
    self = ""
    var scalars = token.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "~" else {
        unicodeScalars.append(scalar)
        continue
      }
      switch scalars.next() {
      case "0": self += "~"
      case "1": self += "/"
      default: return nil
      }
    }
  }
}

extension Int {
  /// Reads an array index: digits without a superfluous zero.
  fileprivate init?(arrayIndex token: String) {
    guard token.utf8.allSatisfy(\.isDigit), token == "0" || token.utf8.first != UInt8(ascii: "0")
    else { return nil }
    self.init(token)
  }
}
