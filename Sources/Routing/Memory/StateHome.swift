/// Where stored state lives and who made it, as numbers that the host gives out.
package struct StateHome: Sendable, Hashable {
  /// The state boundary: what can read its ids and its encrypted content.
  package var boundary: Int32
  /// The provider.
  package var provider: Int32

  /// Names both.
  package init(boundary: Int32, provider: Int32) {
    self.boundary = boundary
    self.provider = provider
  }
}

/// What a piece of state is known by.
package enum StateName: Sendable, Hashable {
  /// The upstream's id of a response, without a tag.
  case response(String)
  /// The id of an output item.
  case item(String)
  /// The fingerprint of encrypted content.
  case blob(UInt64)
}
