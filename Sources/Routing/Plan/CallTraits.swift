/// What of a request plays a part in where it goes.
package struct CallTraits: Sendable, Hashable {
  /// Where the state lives that a request goes on from.
  package struct Home: Sendable, Hashable {
    /// Who can read it.
    package var boundary: Int32
    /// The provider that made it.
    package var provider: Int32
    /// Whether it is a stored response that the request names, which nothing but a transcript replaces.
    package var isChain: Bool

    /// States a home.
    package init(boundary: Int32, provider: Int32, isChain: Bool) {
      self.boundary = boundary
      self.provider = provider
      self.isChain = isChain
    }
  }

  /// How many tokens it may take, as far as its length tells.
  package var tokens = 0
  /// A hash of what makes its calls belong together; nil: nothing does.
  package var sticky: UInt64?
  /// Where its state lives; nil: it has none, or nobody knows.
  package var home: Home?
  /// Whether it may be done twice: one that adds to a kept conversation may not.
  package var isRepeatable = true
  /// Whether it carries the whole conversation, so that no stored response is needed.
  package var isReplayable = false

  /// A request without any.
  package init() {}
}
