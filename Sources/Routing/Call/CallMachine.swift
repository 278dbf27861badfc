/// Decides what one call does from its beginning to its end: tell it what happened, and do what it says.
///
/// ```
/// start ─► send ─► answered ─► finished
///   │      │ ▲ └─► failed ─► mend, then mended ──┐
///   │      │ └──────────────────────────────────┘
///   │      └─► failed ─► wait, then waited ─► send
///   └────────► wait | fail
/// ```
///
/// - An attempt begins before the deadline and before the call is cancelled, and never after an answer
///   has begun; only a stream that can be resumed goes on.
/// - A target is asked once, with so many retries as its policy says and as many further attempts as
///   ``Recovery`` has for it; a model is visited once. So a call ends: ``attemptLimit``.
/// - Nothing is waited for beyond the deadline. Whoever may be asked later is waited for as long as an
///   upstream may ask to wait, all such waits before an attempt together.
/// - No attempt begins past the limits of its target, whatever it is for.
/// - Who is left alone is asked by a call that could ask nobody, once; and for what nobody else can give:
///   the rest of an answer, or an answer to a request that was mended for it.
///
/// It has no clock and does no I/O. What it shares with other calls is the ``Router``, which each event
/// is told beside.
package struct CallMachine: Sendable {
  /// What to do.
  package enum Action: Sendable {
    /// Ask a target: ``answered(router:at:)`` or ``failed(_:amendments:router:at:random:)`` follows.
    case send(CallStep)
    /// Have the request or the token mended: ``mended(router:at:random:)`` follows, or
    /// ``mendingChangedNothing(router:at:random:)``, or ``mendingFailed(_:router:at:random:)``.
    case mend(Recovery.Action)
    /// Let time pass: ``waited(router:at:random:)`` follows.
    case wait(CallPause)
    /// Give up.
    case fail(CallEnding)
  }

  /// What a call may do, within what the configuration allows.
  package struct Bounds: Sendable, Hashable {
    /// When it must have ended, as an instant; nil: never.
    package var deadline: Duration?
    /// The most retries at one target; nil: as the target's policy says.
    package var maxRetries: Int?
    /// Whether other models may be asked.
    package var allowsFallbacks = true

    /// What the configuration allows.
    package init() {}
  }

  enum State: Sendable {
    /// Nothing has begun: to `asking`, `pausing` or `ended`.
    case idle
    /// An attempt is under way: to `mending`, `pausing`, `answering` or `ended`.
    case asking(Router.Lease)
    /// An attempt has failed and may be mended: to `asking`, `pausing` or `ended`.
    case mending(Router.Lease, CallFailure)
    /// Nobody is asked; nil: whoever may be then. To `asking`, `pausing` or `ended`.
    case pausing(then: Place?)
    /// An answer has begun: to `pausing` or `ended`.
    case answering(Router.Lease)
    /// Final.
    case ended
  }

  /// A target of one of the visited plans.
  struct Place: Sendable, Hashable {
    let visit: Int
    let index: Int
  }

  /// A plan that the call may use.
  struct Visit: Sendable {
    let plan: RoutePlan
    /// What led here; nil: the client asked for it.
    let origin: Fallback?
    /// Those that have failed for good.
    var tried = TargetSet()
    /// Whether another target of it would fail alike.
    var isClosed = false
    /// The causes whose fallbacks were taken into account.
    var opened: Set<FallbackCause> = []
  }

  /// A model that may be asked in place of another.
  struct Fallback: Sendable {
    let model: String
    let origin: String
    let cause: FallbackCause

    init(model: String, of origin: String, _ cause: FallbackCause) {
      (self.model, self.origin, self.cause) = (model, origin, cause)
    }
  }

  /// What was done at the target that is asked.
  struct Progress: Sendable {
    var place: Place
    var retries = 0
    var recovery: Recovery?
    /// Waits for stored state are no retries.
    var isMended = false
  }

  var state = State.idle
  var visits: [Visit]
  var traits: CallTraits
  var treatment = CallStep.StateTreatment.kept
  /// Fallbacks that were not visited, the next one last.
  var queue: [Fallback] = []
  /// Those targets that were asked and may be asked again.
  var progress: [Progress] = []
  /// Whether part of an answer has left: from then on no other target is asked.
  var isCommitted = false
  var resumptions = 0
  /// When waits for whoever may be asked end, since the last attempt.
  var patienceEnd: Duration?
  /// How many attempts were begun.
  package internal(set) var attempts = 0
  /// The last failure; where the deadline came before anybody was asked, just that.
  package internal(set) var lastFailure: CallFailure?

  let began: Duration
  let bounds: Bounds
  let resolve: @Sendable (String) -> RoutePlan?

  /// A call that has not begun.
  ///
  /// - Parameters:
  ///   - plan: Where it may go.
  ///   - traits: What of its request plays a part.
  ///   - bounds: What it may do.
  ///   - began: Now.
  ///   - resolve: Finds the plan of a model that is a fallback; nil where it cannot be used.
  package init(
    _ plan: RoutePlan, traits: CallTraits = CallTraits(), bounds: Bounds = Bounds(),
    began: Duration, resolve: @escaping @Sendable (String) -> RoutePlan? = { _ in nil }
  ) {
    visits = [Visit(plan: plan, origin: nil)]
    self.traits = traits
    self.bounds = bounds
    self.began = began
    self.resolve = resolve
  }

  /// The most attempts that a call can make with these plans: its own, and those of its fallbacks.
  package static func attemptLimit(_ plans: [RoutePlan]) -> Int {
    plans.flatMap(\.targets).reduce(0) { sum, target in
      // A stream may be resumed as often as an attempt may be retried.
      sum + Recovery.attemptLimit + 2 * target.rules.retry.maxRetries
    }
  }

  /// The attempt under way.
  private var lease: Router.Lease? {
    switch state {
    case .asking(let lease), .answering(let lease), .mending(let lease, _): lease
    case .idle, .pausing, .ended: nil
    }
  }

  /// Whether it has ended.
  package var isEnded: Bool { if case .ended = state { true } else { false } }
}

// MARK: - Events

extension CallMachine {
  /// Begins.
  package mutating func start(
    router: inout Router, at now: Duration, random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .idle = state else { return .fail(.failed(.asReported)) }
    return choose(router: &router, at: now, random: &random)
  }

  /// Takes in that part of an answer is there: from now on no other attempt begins.
  package mutating func answered(router: inout Router, at now: Duration) {
    guard case .asking(var lease) = state else { return }
    router.answered(&lease, at: now)
    isCommitted = true
    state = .answering(lease)
  }

  /// Takes in that the answer is over.
  ///
  /// - Parameters:
  ///   - failure: Why it broke; nil: it is whole.
  ///   - tokens: How many it took, where the upstream counted.
  ///   - router: What calls share.
  ///   - now: The time.
  package mutating func finished(
    _ failure: CallFailure? = nil, tokens: Int? = nil, router: inout Router, at now: Duration
  ) {
    // Who was told of no part of an answer that is whole is told now.
    if failure == nil { answered(router: &router, at: now) }
    switch state {
    case .answering(var lease), .asking(var lease):
      if let failure {
        lastFailure = failure
        router.failed(&lease, failure, at: now)
      } else {
        router.completed(lease, at: now)
      }
      router.end(lease, tokens: tokens, at: now)
    case .mending(let lease, _): router.end(lease, tokens: tokens, at: now)
    case .idle, .pausing, .ended: break
    }
    state = .ended
  }

  /// Takes in that an answer broke whose rest can be had.
  ///
  /// - Returns: `wait`, where that may be tried; `fail` where the call ends with the break.
  package mutating func broke(
    _ failure: CallFailure, router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .answering(let lease) = state else {
      return failed(failure, router: &router, at: now, random: &random)
    }
    lastFailure = failure
    state = .asking(lease)
    return blame(failure, .asReported, router: &router, at: now, random: &random)
  }

  /// Takes in that a pause is over.
  package mutating func waited(
    router: inout Router, at now: Duration, random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .pausing(let place) = state else { return .fail(.failed(.asReported)) }
    guard isBeforeDeadline(now) else { return end() }
    guard let place else { return choose(router: &router, at: now, random: &random) }
    if isBound(to: place) { return goOn(at: place, router: &router, at: now, random: &random) }
    switch router.standing(of: target(place), for: traits, at: now) {
    case .free: return send(place, router: &router, at: now)
    case .cooling(_, let remaining, isStated: true):
      // Another call was told to come back a little later.
      if let pause = pause(for: remaining, before: place, at: now, random: &random) {
        state = .pausing(then: place)
        return .wait(pause)
      }
    case .cooling, .full, .unusable, .outOfReach: break
    }
    return choose(router: &router, at: now, random: &random)
  }

  /// Takes in that the request or the token was mended.
  ///
  /// What follows is another attempt in the eyes of the target's limits.
  package mutating func mended(
    router: inout Router, at now: Duration, random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .mending(let lease, _) = state, let current = progress.last else {
      return .fail(.failed(.asReported))
    }
    router.end(lease, at: now)
    guard isBeforeDeadline(now) else { return end() }
    progress[progress.count - 1].isMended = true
    return goOn(at: current.place, router: &router, at: now, random: &random)
  }

  /// Takes in that nothing could be mended, so that nothing was sent.
  package mutating func mendingChangedNothing(
    router: inout Router, at now: Duration, random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .mending(let lease, let failure) = state else {
      return .fail(.failed(.asReported))
    }
    state = .asking(lease)
    guard var recovery = progress.last?.recovery else {
      return blame(failure, .asReported, router: &router, at: now, random: &random)
    }
    let next = recovery.amendmentChangedNothing(
      at: now - began, random: .random(in: 0..<1, using: &random))
    progress[progress.count - 1].recovery = recovery
    return follow(next, failure, router: &router, at: now, random: &random)
  }

  /// Takes in that the token could not be renewed, so that nothing was sent.
  ///
  /// - Parameters:
  ///   - failure: Why: it takes the place of what should have been mended.
  ///   - router: What calls share.
  ///   - now: The time.
  ///   - random: Random numbers.
  /// - Returns: What to do.
  package mutating func mendingFailed(
    _ failure: CallFailure, router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .mending(let lease, _) = state else { return .fail(.failed(.asReported)) }
    lastFailure = failure
    state = .asking(lease)
    return blame(failure, .asReported, router: &router, at: now, random: &random)
  }

  /// Takes in that the client no longer wants the answer, or that nobody reads it any more.
  package mutating func cancelled(router: inout Router, at now: Duration) {
    if let lease { router.end(lease, at: now) }
    state = .ended
  }

  /// Takes in that an attempt failed before any part of its answer was there.
  ///
  /// - Parameters:
  ///   - failure: What it failed with.
  ///   - amendments: Those that the first attempt at this target was made with.
  ///   - router: What calls share.
  ///   - now: The time.
  ///   - random: Random numbers.
  /// - Returns: What to do.
  package mutating func failed(
    _ failure: CallFailure, amendments: [String] = [], router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Action {
    guard case .asking = state, let current = progress.last else {
      return .fail(.failed(.asReported))
    }
    lastFailure = failure
    // What may have been done must not be done again where that shows, whatever would mend it.
    let isInDoubt = failure.mayBeDone && !traits.isRepeatable
    guard let mending = failure.mending, !isInDoubt else {
      return blame(failure, .asReported, router: &router, at: now, random: &random)
    }
    var recovery =
      current.recovery
      ?? Recovery(amendments: amendments, deadline: bounds.deadline.map { $0 - began })
    let next = recovery.attemptFailed(
      mending, at: now - began, random: .random(in: 0..<1, using: &random))
    progress[progress.count - 1].recovery = recovery
    return follow(next, failure, router: &router, at: now, random: &random)
  }
}
