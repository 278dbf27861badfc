extension Router {
  /// Whether a target may be asked, for people who want to know why not.
  package enum Standing: Sendable, Hashable {
    /// It may be asked now.
    case free
    /// What it depends on is left alone.
    case cooling(FailureScope, remaining: Duration, isStated: Bool)
    /// It has all it may be given; nil: until something ends.
    case full(wait: Duration?)
    /// It cannot be asked.
    case unusable
    /// It cannot read the state that the request goes on from.
    case outOfReach
  }

  /// How a target stands towards a request.
  package func standing(
    of target: RouteTarget, for traits: CallTraits, at now: Duration
  ) -> Standing {
    guard target.isUsable else { return .unusable }
    if let home = traits.home, home.boundary != target.boundary { return .outOfReach }
    if let cooling = cooling(target, at: now) {
      return .cooling(
        cooling.scope, remaining: max(cooling.end - now, .zero), isStated: cooling.isStated)
    }
    let wait = wait(at: target, for: traits, at: now)
    return wait == .zero ? .free : .full(wait: wait)
  }

  /// How long it takes until one more attempt at a target fits what it may be given; nil: until
  /// something ends.
  func wait(at target: RouteTarget, for traits: CallTraits, at now: Duration) -> Duration? {
    loads[target.load].wait(for: traits.tokens, target.limits, at: now)
  }
}
