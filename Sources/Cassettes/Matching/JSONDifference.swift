import JSONText

/// How two canonical texts differ.
struct JSONDifference {
  /// The pointer of the first difference; nil when there is none.
  private(set) var pointer: String?
  /// What stands there in the first text; nil when nothing does.
  private(set) var expected: [UInt8]?
  /// What stands there in the second text; nil when nothing does.
  private(set) var got: [UInt8]?
  /// How many bytes the equal values of both have.
  private(set) var likeness = 0

  private let first: [UInt8]
  private let second: [UInt8]

  /// Compares two texts, both canonical.
  init(expected first: [UInt8], got second: [UInt8]) {
    self.first = first
    self.second = second
    compare(root(of: first), root(of: second), "")
  }

  private func root(of text: [UInt8]) -> JSONValue? {
    JSONValue(at: 0..<text.count, in: text.span)
  }

  private mutating func compare(_ one: JSONValue?, _ other: JSONValue?, _ pointer: String) {
    guard let one, let other else {
      if one != nil || other != nil { note(one, other, pointer) }
      return
    }
    guard first[one.range] != second[other.range] else { return likeness += one.range.count }
    switch (one.kind, other.kind) {
    case (.object, .object): compareMembers(one, other, pointer)
    case (.array, .array): compareItems(one, other, pointer)
    default: note(one, other, pointer)
    }
  }

  private mutating func compareItems(_ one: JSONValue, _ other: JSONValue, _ pointer: String) {
    var ones = JSONItems(of: one)
    var others = JSONItems(of: other)
    var index = 0
    while true {
      let item = ones.next(in: first.span)
      let counterpart = others.next(in: second.span)
      guard item != nil || counterpart != nil else { return }
      compare(item, counterpart, JSONPointer.appending(String(index), to: pointer))
      index += 1
    }
  }

  private mutating func compareMembers(_ one: JSONValue, _ other: JSONValue, _ pointer: String) {
    var ones = JSONMembers(of: one)
    var others = JSONMembers(of: other)
    var member = ones.next(in: first.span)
    var counterpart = others.next(in: second.span)
    while member != nil || counterpart != nil {
      let name = member?.name(in: first.span)
      let otherName = counterpart?.name(in: second.span)
      let isFirst = Self.precedes(name, otherName)
      let isSecond = Self.precedes(otherName, name)
      let token = (isSecond ? otherName : name) ?? ""
      compare(
        isSecond ? nil : member?.value, isFirst ? nil : counterpart?.value,
        JSONPointer.appending(token, to: pointer))
      if !isSecond { member = ones.next(in: first.span) }
      if !isFirst { counterpart = others.next(in: second.span) }
    }
  }

  /// Whether a name comes first; behind the last member there is none.
  private static func precedes(_ name: String?, _ other: String?) -> Bool {
    guard let name else { return false }
    guard let other else { return true }
    return name.utf8.lexicographicallyPrecedes(other.utf8)
  }

  private mutating func note(_ one: JSONValue?, _ other: JSONValue?, _ pointer: String) {
    guard self.pointer == nil else { return }
    self.pointer = pointer
    expected = one.map { Array(first[$0.range]) }
    got = other.map { Array(second[$0.range]) }
  }
}
