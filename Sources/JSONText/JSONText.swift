/// Reads JSON texts (RFC 8259) where they lie, without building a tree.
///
/// A text is validated once; after that, cursors (``JSONMembers``, ``JSONItems``) and the reading
/// methods of ``JSONValue`` walk it by byte offsets, and ``JSONEdits`` changes it without copying
/// what stays.
public enum JSONText {
  /// How deep arrays and objects may nest where the caller does not say: 512, which is what common
  /// parsers accept and far more than a request has.
  public static let defaultDepthLimit = 512

  /// Checks that the whole of `text` is one JSON value in valid UTF-8.
  ///
  /// Strict: no byte order mark, no comment, no trailing comma, nothing after the value. Duplicate
  /// keys, numbers of any size and lone surrogates in `\u` escapes are accepted, as RFC 8259 does;
  /// ``firstLoneSurrogate(in:)`` finds the latter.
  ///
  /// - Parameters:
  ///   - text: The bytes, of any content and length.
  ///   - depthLimit: How many arrays and objects may be open at once.
  /// - Returns: The value, without the white space around it.
  /// - Throws: ``JSONTextError`` with the offset of the first byte that cannot stand where it does.
  public static func validate(
    _ text: Span<UInt8>, depthLimit: Int = defaultDepthLimit
  ) throws(JSONTextError) -> JSONValue {
    try checked(text) { (text) throws(JSONTextError) in
      var scanner = JSONScanner(depthLimit: depthLimit)
      let root = try scanner.value(in: text)
      try scanner.end(in: text)
      return root
    }
  }

  /// Checks `text` like ``validate(_:depthLimit:)`` and notes the members of the root object.
  ///
  /// - Parameters:
  ///   - text: The bytes, of any content and length.
  ///   - depthLimit: How many arrays and objects may be open at once.
  /// - Returns: The root, and its members in the order of the text, duplicates included.
  /// - Throws: ``JSONTextError`` with the offset of the first byte that cannot stand where it does.
  public static func index(
    _ text: Span<UInt8>, depthLimit: Int = defaultDepthLimit
  ) throws(JSONTextError) -> JSONIndex {
    try checked(text) { (text) throws(JSONTextError) in
      var scanner = JSONScanner(depthLimit: depthLimit)
      let index = try scanner.index(in: text)
      try scanner.end(in: text)
      return index
    }
  }

  // UTF-8 has a pass of its own: without it the scanner stops only at quotes, escapes and control
  // characters, which makes both passes together faster than one that does everything.
  private static func checked<Result>(
    _ text: Span<UInt8>, _ scan: (Span<UInt8>) throws(JSONTextError) -> Result
  ) throws(JSONTextError) -> Result {
    guard let invalid = text.firstInvalidUTF8 else { return try scan(text) }
    // What comes before the bad bytes may already be no JSON; the first defect is the one to name.
    do throws(JSONTextError) {
      _ = try scan(text)
    } catch  where error.offset < invalid {
      throw error
    } catch {}
    throw JSONTextError(.invalidUTF8, at: invalid)
  }
}
