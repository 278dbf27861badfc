/// An attempt that a call is to make.
package struct CallStep: Sendable {
  /// Why this target and not another.
  package enum Reason: Sendable, Hashable {
    /// There is no other.
    case only
    /// It is the strategy's choice among equals.
    case strategy(RoutingStrategy)
    /// What the request goes on from was made there.
    case home
    /// Calls of its kind go there.
    case sticky
    /// Those before it failed, or may not be asked now.
    case next
    /// No target of a model could serve the call, or the request suits this one better.
    case fallback(of: String, FallbackCause)
    /// The same target again.
    case retry(Int, of: Int)
    /// The same target again, with a changed request or another token, or after stored state had time
    /// to become readable.
    case mended
    /// Everybody is left alone, and somebody must be asked.
    case lastResort
    /// The rest of an answer that broke.
    case resumed
  }

  /// What happens to state that the target cannot read.
  package enum StateTreatment: Sendable, Hashable {
    /// The request has none, or goes where it can be read.
    case kept
    /// What was made elsewhere goes.
    case stripped
    /// The transcript takes the place of the stored response.
    case replayed
  }

  /// The plan it is part of.
  package let plan: RoutePlan
  /// The target, as an index into the plan's.
  package let index: Int
  /// Why it is asked.
  package let reason: Reason
  /// The number of the attempt in its call, counted from 1.
  package let attempt: Int
  /// Whether it finds out whether a cooldown is over.
  package let isProbe: Bool
  /// What happens to state that it cannot read.
  package let treatment: StateTreatment

  /// The target.
  package var target: RouteTarget { plan.targets[index] }
}

/// Time that a call lets pass.
package struct CallPause: Sendable, Hashable {
  /// What for.
  package enum Purpose: Sendable, Hashable {
    /// A retry that comes too soon fails too.
    case backoff
    /// The upstream asked for it.
    case retryAfter
    /// What is stored may become readable.
    case storedState
    /// A target may be given no more now. It is over early when an attempt ends.
    case capacity
  }

  /// How long; for `capacity` at most.
  package var length: Duration
  /// What for.
  package var purpose: Purpose
}

/// How a call ends without an answer.
package enum CallEnding: Sendable, Hashable {
  /// With its last failure, which has turned out to be this.
  case failed(Recovery.Verdict)
  /// Every target that could serve it has all it may be given; nil: until something ends.
  case full(wait: Duration?)
  /// Nobody who can be asked can read what the request goes on from.
  case outOfReach(CallTraits.Home)
  /// No target can be asked at all.
  case unusable
}
