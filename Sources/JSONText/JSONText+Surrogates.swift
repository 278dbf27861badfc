extension JSONText {
  /// Finds an escape that names half of a surrogate pair without the other half.
  ///
  /// RFC 8259 section 8.2 allows it and leaves its meaning open, so that validation accepts it; an
  /// upstream may not.
  ///
  /// - Parameter text: A validated text.
  /// - Returns: The offset of the escape's backslash; nil when every surrogate has its partner.
  public static func firstLoneSurrogate(in text: Span<UInt8>) -> Int? {
    var offset = 0
    while let backslash = text.first(UInt8(ascii: "\\"), from: offset, limit: text.count) {
      offset = backslash + 2
      guard let unit = text.escapedUnit(at: backslash, limit: text.count) else { continue }
      offset = backslash + 6
      guard 0xD800...0xDFFF ~= unit else { continue }
      guard unit < 0xDC00, let low = text.escapedUnit(at: offset, limit: text.count),
        0xDC00...0xDFFF ~= low
      else { return backslash }
      offset += 6
    }
    return nil
  }
}
