/// What a failure blames, from the narrowest to the widest.
///
/// A failure of one scope proves the wider ones sound: who says that a deployment is missing was
/// reached, answered, and took the credential.
package enum FailureScope: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  /// This request alone.
  case request
  /// The model or deployment.
  case model
  /// The credential.
  case credential
  /// The endpoint.
  case endpoint
  /// The way to it.
  case network

  /// Narrower scopes come first.
  package static func < (first: FailureScope, second: FailureScope) -> Bool {
    first.rawValue < second.rawValue
  }
}
