/// Steps through a validated text once, entering containers without finding their ends first.
///
/// ``JSONMembers`` and ``JSONItems`` find the end of each element before they hand it out, so that a
/// walk which descends reads every byte once a level. A reader reads every byte once: the walker says,
/// at each value, whether to enter it or to step over it. On a text that was not validated the steps
/// end early; they never read outside of it.
public struct JSONReader: Sendable {
  /// The next byte to read.
  public private(set) var offset: Int

  /// Stands before the byte at `offset`, where a value begins.
  public init(at offset: Int) {
    self.offset = max(offset, 0)
  }

  /// The kind of the value here.
  ///
  /// - Parameter text: The text that every step is given.
  /// - Returns: The kind; nil when no value begins here.
  public func kind(in text: Span<UInt8>) -> JSONKind? {
    offset < text.count ? JSONKind(firstByte: text[offset]) : nil
  }

  /// Steps over the whole value here.
  ///
  /// - Parameter text: The text that every step is given.
  /// - Returns: The value; nil, without a step, when there is none.
  public mutating func skip(in text: Span<UInt8>) -> JSONValue? {
    guard let value = text.value(at: offset, limit: text.count) else { return nil }
    offset = value.range.upperBound
    return value
  }

  /// Steps over the bracket of the array or object here; ``nextItem(in:)`` or ``nextKey(in:)`` follow.
  public mutating func enter() {
    offset += 1
  }

  /// Steps to the next item of the array that was entered.
  ///
  /// - Parameter text: The text that every step is given.
  /// - Returns: Whether there is one; when not, the reader stands behind the array.
  public mutating func nextItem(in text: Span<UInt8>) -> Bool {
    element(in: text, before: UInt8(ascii: "]"))
  }

  /// Steps to the value of the next member of the object that was entered.
  ///
  /// - Parameter text: The text that every step is given.
  /// - Returns: The key with its quotes; nil when there is none, and the reader stands behind the object.
  public mutating func nextKey(in text: Span<UInt8>) -> Range<Int>? {
    guard element(in: text, before: UInt8(ascii: "}")) else { return nil }
    let start = offset
    guard text[start] == UInt8(ascii: "\""),
      let end = text.stringEnd(from: start, limit: text.count)
    else { return nil }
    let colon = text.spaceEnd(from: end, limit: text.count)
    offset = text.spaceEnd(from: min(colon + 1, text.count), limit: text.count)
    return start..<end
  }

  private mutating func element(in text: Span<UInt8>, before bracket: UInt8) -> Bool {
    let limit = text.count
    offset = text.spaceEnd(from: offset, limit: limit)
    if offset < limit, text[offset] == UInt8(ascii: ",") {
      offset = text.spaceEnd(from: offset + 1, limit: limit)
    }
    guard offset < limit else { return false }
    guard text[offset] != bracket else {
      offset += 1
      return false
    }
    return true
  }
}
