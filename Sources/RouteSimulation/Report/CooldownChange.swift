package import Routing

/// Something that happened to what is left alone.
package struct CooldownChange: Sendable, Hashable {
  /// What happened.
  package enum Kind: Sendable, Hashable {
    /// It is left alone from now on.
    case opened(Opening)
    /// An attempt found out whether it is over; nil: it was answered.
    case probed(by: Int, target: Int, FailureCode?)
    /// It is over.
    case closed
  }

  /// Why something is left alone, and for how long.
  package struct Opening: Sendable, Hashable {
    /// When that is over, or may be found out.
    package internal(set) var until: Duration
    /// Whether the upstream stated when, so that nobody must find out.
    package let isStated: Bool
    /// What the last attempt failed with.
    package let cause: FailureCode
    /// How often the upstream put it off before it was over.
    package internal(set) var extensions = 0
  }

  /// When.
  package let time: Duration
  /// What is blamed.
  package let scope: FailureScope
  /// Its name.
  package let name: String
  /// The targets that are left alone with it, as indices into the report's.
  package let targets: [Int]
  /// What happened.
  package internal(set) var kind: Kind
}
