import JSONText

/// Compares a body with what a transport made of it: every difference must be a reported edit.
struct BodyComparison {
  /// Pointers into the caller's body at which something differs that no edit names.
  private(set) var unexplained: [String] = []

  private let before: [UInt8]
  private let after: [UInt8]
  private let edited: Set<String>

  /// Compares two bodies, given the pointers of the reported edits.
  init(_ before: [UInt8], _ after: [UInt8], edited: [String]) {
    self.before = before
    self.after = after
    self.edited = Set(edited)
    guard before != after else { return }
    guard let left = try? JSONText.validate(before.span),
      let right = try? JSONText.validate(after.span)
    else {
      unexplained = [""]
      return
    }
    compare(left, right, at: "")
  }

  private mutating func compare(_ left: JSONValue, _ right: JSONValue, at pointer: String) {
    guard !edited.contains(pointer), before[left.range] != after[right.range] else { return }
    guard left.kind == right.kind else { return unexplained.append(pointer) }
    switch left.kind {
    case .object: compareObjects(left, right, at: pointer)
    case .array: compareArrays(left, right, at: pointer)
    default: unexplained.append(pointer)
    }
  }

  private mutating func compareObjects(_ left: JSONValue, _ right: JSONValue, at pointer: String) {
    let old = members(of: left, in: before)
    let new = members(of: right, in: after)
    for (name, value) in old {
      let place = JSONPointer.appending(name, to: pointer)
      if let other = new.last(where: { $0.name == name }) {
        compare(value, other.value, at: place)
      } else if !edited.contains(place) {
        unexplained.append(place)
      }
    }
    for (name, _) in new where !old.contains(where: { $0.name == name }) {
      let place = JSONPointer.appending(name, to: pointer)
      if !edited.contains(place) { unexplained.append(place) }
    }
  }

  /// Items that an edit names are left out of the old array; the others must follow in order.
  private mutating func compareArrays(_ left: JSONValue, _ right: JSONValue, at pointer: String) {
    let old = items(of: left, in: before)
    let new = items(of: right, in: after)
    if old.count == new.count {
      for index in old.indices {
        compare(old[index], new[index], at: JSONPointer.appending(String(index), to: pointer))
      }
      return
    }
    var rest = new[...]
    for index in old.indices {
      let place = JSONPointer.appending(String(index), to: pointer)
      if edited.contains(place), old.count > new.count { continue }
      guard let other = rest.popFirst() else { return unexplained.append(place) }
      compare(old[index], other, at: place)
    }
    for index in rest.indices {
      let place = JSONPointer.appending(String(index), to: pointer)
      let end = JSONPointer.appending("-", to: pointer)
      if !edited.contains(place), !edited.contains(end) { unexplained.append(place) }
    }
  }

  private func members(
    of object: JSONValue, in bytes: [UInt8]
  ) -> [(name: String, value: JSONValue)] {
    var members: [(name: String, value: JSONValue)] = []
    var cursor = JSONMembers(of: object)
    while let member = cursor.next(in: bytes.span) {
      members.append((member.name(in: bytes.span), member.value))
    }
    return members
  }

  private func items(of array: JSONValue, in bytes: [UInt8]) -> [JSONValue] {
    var items: [JSONValue] = []
    var cursor = JSONItems(of: array)
    while let item = cursor.next(in: bytes.span) { items.append(item) }
    return items
  }
}
