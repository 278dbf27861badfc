extension JSONMember {
  /// Compares the key without allocating.
  ///
  /// - Parameters:
  ///   - name: The name, without quotes and escapes.
  ///   - text: The text the member was found in.
  /// - Returns: Whether the decoded key is `name`.
  public func isNamed(_ name: StaticString, in text: Span<UInt8>) -> Bool {
    text.isString(at: key, name)
  }

  /// Compares the key without allocating.
  ///
  /// - Parameters:
  ///   - name: The name, without quotes and escapes.
  ///   - text: The text the member was found in.
  /// - Returns: Whether the decoded key is `name`.
  @_disfavoredOverload
  public func isNamed(_ name: String, in text: Span<UInt8>) -> Bool {
    text.isString(at: key, name.utf8.span)
  }

  /// The decoded key.
  ///
  /// - Parameter text: The text the member was found in.
  /// - Returns: The key with its escapes decoded; surrogates without a partner become U+FFFD.
  public func name(in text: Span<UInt8>) -> String {
    text.decodedString(at: key)
  }
}
