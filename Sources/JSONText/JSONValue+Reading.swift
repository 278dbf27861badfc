extension JSONValue {
  /// The decoded string.
  ///
  /// - Parameter text: The text the value was found in.
  /// - Returns: The content with its escapes decoded, surrogates without a partner as U+FFFD; nil
  ///   unless the value is a string.
  public func string(in text: Span<UInt8>) -> String? {
    kind == .string ? text.decodedString(at: range) : nil
  }

  /// Compares a string without allocating.
  ///
  /// - Parameters:
  ///   - expected: The content, without quotes and escapes.
  ///   - text: The text the value was found in.
  /// - Returns: Whether the value is a string and its decoded content is `expected`.
  public func isString(_ expected: StaticString, in text: Span<UInt8>) -> Bool {
    kind == .string && text.isString(at: range, expected)
  }

  /// The integer that the value writes out.
  ///
  /// - Parameter text: The text the value was found in.
  /// - Returns: The number; nil unless it is written without fraction and exponent and fits.
  public func integer(in text: Span<UInt8>) -> Int? {
    let range = range.clamped(to: 0..<text.count)
    guard kind == .number, !range.isEmpty else { return nil }
    let isNegative = text[range.lowerBound] == UInt8(ascii: "-")
    var number = 0
    let digits = (isNegative ? range.lowerBound + 1 : range.lowerBound)..<range.upperBound
    guard !digits.isEmpty else { return nil }
    for offset in digits {
      guard text[offset].isDigit else { return nil }
      // Summed below zero, where there is room for one more than above.
      let (product, overflows) = number.multipliedReportingOverflow(by: 10)
      let digit = Int(text[offset] - UInt8(ascii: "0"))
      let (difference, underflows) = product.subtractingReportingOverflow(digit)
      if overflows || underflows { return nil }
      number = difference
    }
    if isNegative { return number }
    return number == .min ? nil : -number
  }

  /// The member called `name`; of several, the last one, as parsers do.
  ///
  /// - Parameters:
  ///   - name: The name, without quotes and escapes.
  ///   - text: The text the value was found in.
  /// - Returns: The member's value; nil when there is none or the value is no object.
  public func member(_ name: StaticString, in text: Span<UInt8>) -> JSONValue? {
    lastMember(in: text) { $0.isNamed(name, in: text) }
  }

  /// The member called `name`; of several, the last one, as parsers do.
  ///
  /// - Parameters:
  ///   - name: The name, without quotes and escapes.
  ///   - text: The text the value was found in.
  /// - Returns: The member's value; nil when there is none or the value is no object.
  @_disfavoredOverload
  public func member(_ name: String, in text: Span<UInt8>) -> JSONValue? {
    lastMember(in: text) { $0.isNamed(name, in: text) }
  }

  @inline(__always)
  private func lastMember(
    in text: Span<UInt8>, where isWanted: (JSONMember) -> Bool
  ) -> JSONValue? {
    var members = JSONMembers(of: self)
    var last: JSONValue?
    while let member = members.next(in: text) {
      if isWanted(member) { last = member.value }
    }
    return last
  }
}
