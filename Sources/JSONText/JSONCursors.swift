/// Steps through the members of an object in a validated text.
///
/// The text is passed to each step, so that a cursor can be kept and copied. On a text that was not
/// validated the steps end early; they never read outside of it.
public struct JSONMembers: Sendable {
  private var position: ElementPosition

  /// Stands before the first member of `object`; a value of another kind has none.
  ///
  /// - Parameter object: The object, as found in the text that the steps will be given.
  public init(of object: JSONValue) {
    position = ElementPosition(inside: object, if: .object)
  }

  /// Stands behind an element that an earlier cursor handed out.
  ///
  /// - Parameters:
  ///   - object: The object, as found in the text that the steps will be given.
  ///   - end: Where that element's value ends.
  public init(of object: JSONValue, behind end: Int) {
    position = ElementPosition(inside: object, if: .object)
    position.resume(behind: end)
  }

  /// Stands before the first member of an object whose end is not known.
  fileprivate init(from start: Int, limit: Int) {
    position = ElementPosition(offset: start, limit: limit)
  }

  /// Behind the brace that follows the last member; nil when none does.
  fileprivate func end(in text: Span<UInt8>, limit: Int) -> Int? {
    let brace = text.spaceEnd(from: position.offset, limit: limit)
    return brace < limit && text[brace] == UInt8(ascii: "}") ? brace + 1 : nil
  }

  /// Steps to the next member.
  ///
  /// - Parameter text: The text the object was found in.
  /// - Returns: The member; nil behind the last one.
  public mutating func next(in text: Span<UInt8>) -> JSONMember? {
    guard let start = position.nextElement(in: text) else { return nil }
    guard let member = member(at: start, in: text) else {
      position.end()
      return nil
    }
    position.offset = member.value.range.upperBound
    return member
  }

  private func member(at start: Int, in text: Span<UInt8>) -> JSONMember? {
    let limit = position.limit
    guard text[start] == UInt8(ascii: "\""),
      let keyEnd = text.stringEnd(from: start, limit: limit)
    else { return nil }
    let colon = text.spaceEnd(from: keyEnd, limit: limit)
    guard colon < limit, text[colon] == UInt8(ascii: ":"),
      let value = text.value(at: text.spaceEnd(from: colon + 1, limit: limit), limit: limit)
    else { return nil }
    return JSONMember(key: start..<keyEnd, value: value)
  }
}

/// Steps through the items of an array in a validated text.
///
/// The text is passed to each step, so that a cursor can be kept and copied. On a text that was not
/// validated the steps end early; they never read outside of it.
public struct JSONItems: Sendable {
  private var position: ElementPosition

  /// Stands before the first item of `array`; a value of another kind has none.
  ///
  /// - Parameter array: The array, as found in the text that the steps will be given.
  public init(of array: JSONValue) {
    position = ElementPosition(inside: array, if: .array)
  }

  /// Stands behind an element that an earlier cursor handed out.
  ///
  /// - Parameters:
  ///   - array: The array, as found in the text that the steps will be given.
  ///   - end: Where that element's value ends.
  public init(of array: JSONValue, behind end: Int) {
    position = ElementPosition(inside: array, if: .array)
    position.resume(behind: end)
  }

  /// Steps to the next item.
  ///
  /// - Parameter text: The text the array was found in.
  /// - Returns: The item; nil behind the last one.
  public mutating func next(in text: Span<UInt8>) -> JSONValue? {
    guard let start = position.nextElement(in: text) else { return nil }
    guard let value = text.value(at: start, limit: position.limit) else {
      position.end()
      return nil
    }
    position.offset = value.range.upperBound
    return value
  }

  /// Steps to the next item and notes its members in the same pass.
  ///
  /// To find where an object ends, its strings must be passed over; a cursor over its members passes
  /// them once more. This does both at once, and is what to use where each item's members count.
  ///
  /// - Parameters:
  ///   - text: The text the array was found in.
  ///   - members: Becomes the item's members; empty unless the item is an object.
  /// - Returns: The item; nil behind the last one.
  public mutating func next(
    in text: Span<UInt8>, members: inout [JSONMember]
  ) -> JSONValue? {
    members.removeAll(keepingCapacity: true)
    var ahead = position
    guard let start = ahead.nextElement(in: text) else { return nil }
    guard text[start] == UInt8(ascii: "{") else { return next(in: text) }
    var cursor = JSONMembers(from: start + 1, limit: ahead.limit)
    while let member = cursor.next(in: text) { members.append(member) }
    guard let end = cursor.end(in: text, limit: ahead.limit) else {
      position.end()
      return nil
    }
    position = ahead
    position.offset = end
    return JSONValue(kind: .object, range: start..<end)
  }
}

/// A place between two elements of a container.
private struct ElementPosition: Sendable {
  /// Behind the opening bracket or the last element that was handed out.
  var offset: Int
  /// The closing bracket.
  private(set) var limit: Int
  private var isFirst = true

  init(inside container: JSONValue, if kind: JSONKind) {
    let range = container.range
    let isEmpty = container.kind != kind || range.lowerBound < 0 || range.isEmpty
    offset = isEmpty ? 0 : range.lowerBound + 1
    limit = isEmpty ? 0 : range.upperBound - 1
  }

  init(offset: Int, limit: Int) {
    self.offset = offset
    self.limit = limit
  }

  mutating func end() { limit = offset }

  mutating func resume(behind end: Int) {
    guard end > offset else { return }
    offset = min(end, limit)
    isFirst = false
  }

  /// The start of the next element; nil when there is none.
  mutating func nextElement(in text: Span<UInt8>) -> Int? {
    // A range that came over a boundary may reach beyond the text.
    limit = min(limit, text.count)
    var start = text.spaceEnd(from: offset, limit: limit)
    if !isFirst {
      guard start < limit, text[start] == UInt8(ascii: ",") else { return nil }
      start = text.spaceEnd(from: start + 1, limit: limit)
    }
    guard start < limit else { return nil }
    isFirst = false
    return start
  }
}
