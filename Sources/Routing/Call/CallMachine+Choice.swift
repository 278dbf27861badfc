extension CallMachine {
  /// Finds whom to ask: a target of a visited model, then of its fallbacks, then of those of the
  /// others.
  mutating func choose(
    router: inout Router, at now: Duration, random: inout some RandomNumberGenerator
  ) -> Action {
    guard isBeforeDeadline(now) else { return end() }
    var blockage = Blockage<Place>()
    var visit = 0
    while true {
      while visit < visits.count {
        if let place = select(visit, &blockage, router: &router, at: now, random: &random) {
          return send(place, router: &router, at: now)
        }
        visit += 1
      }
      guard open(.any, after: visits.count - 1) else { break }
    }
    // State is not lost where who can read it is free again soon.
    if let pause = pause(for: blockage, at: now, random: &random) {
      state = .pausing(then: nil)
      return .wait(pause)
    }
    if release() { return choose(router: &router, at: now, random: &random) }
    return giveUp(blockage, router: &router, at: now)
  }

  private func select(
    _ visit: Int, _ blockage: inout Blockage<Place>, router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Place? {
    guard !visits[visit].isClosed else { return nil }
    let selection = router.select(
      visits[visit].plan, besides: visits[visit].tried, for: traits, at: now, random: &random)
    switch selection {
    case .chosen(let index): return Place(visit: visit, index: index)
    case .blocked(let own):
      blockage.add(own) { Place(visit: visit, index: $0) }
      return nil
    }
  }

  /// Visits the next model that is a fallback for a cause.
  ///
  /// Those of the plan that failed come before what is left of earlier ones.
  ///
  /// - Returns: Whether there was one.
  mutating func open(_ cause: FallbackCause, after visit: Int) -> Bool {
    guard bounds.allowsFallbacks else { return false }
    let plan = visits[visit].plan
    if visits[visit].opened.insert(cause).inserted {
      queue += plan.fallbacks[cause].reversed().map { Fallback(model: $0, of: plan.model, cause) }
    }
    while let place = queue.lastIndex(where: { cause == .any || $0.cause == cause }) {
      let next = queue.remove(at: place)
      guard let plan = resolve(next.model), !visits.contains(where: { $0.plan.model == plan.model })
      else { continue }
      visits.append(Visit(plan: plan, origin: next))
      return true
    }
    return false
  }

  /// Asks no target of a plan any more, since each would refuse the request alike, and visits the model
  /// that is a fallback for that: of the plan itself, else of those that led to it.
  ///
  /// - Returns: Whether somebody may be asked; a fallback that refuses what the model asked for may not
  ///   have refused leaves what else there is.
  mutating func close(_ visit: Int, for cause: FallbackCause) -> Bool {
    visits[visit].isClosed = true
    // Its other list is for what has none of its own.
    visits[visit].opened.insert(.any)
    var origin: Int? = visit
    while let plan = origin {
      if open(cause, after: plan) { return true }
      let model = visits[plan].origin?.origin
      origin = visits.firstIndex { $0.plan.model == model }
    }
    return visit > 0
  }

  /// Lets go of state that nobody can be asked for, where the configuration says how.
  ///
  /// - Returns: Whether more targets may be asked now.
  private mutating func release() -> Bool {
    guard let home = traits.home else { return false }
    switch visits[0].plan.whenLost {
    case .error: return false
    case .stripReasoning:
      guard !home.isChain else { return false }
      treatment = .stripped
    case .replay:
      guard traits.isReplayable || !home.isChain else { return false }
      treatment = home.isChain ? .replayed : .stripped
    }
    traits.home = nil
    return true
  }

  /// Nobody may be asked now or soon: asks all the same where nobody was, or ends.
  private mutating func giveUp(
    _ blockage: Blockage<Place>, router: inout Router, at now: Duration
  ) -> Action {
    if attempts == 0, let cooling = blockage.cooling, cooling.wait == .zero {
      return send(cooling.target, .lastResort, router: &router, at: now)
    }
    state = .ended
    if attempts > 0 { return .fail(.failed(.asReported)) }
    if let full = blockage.full { return .fail(.full(wait: full.wait)) }
    if let cooling = blockage.cooling { return .fail(.full(wait: cooling.wait)) }
    return .fail(traits.home.map(CallEnding.outOfReach) ?? .unusable)
  }

  func target(_ place: Place) -> RouteTarget {
    visits[place.visit].plan.targets[place.index]
  }
}

// MARK: - Patience

extension CallMachine {
  /// Whether a call that lets time pass for want of room has room by now.
  package func hasRoom(in router: Router, at now: Duration) -> Bool {
    guard case .pausing(let place) = state else { return true }
    guard let place, isBound(to: place) else {
      return visits.contains { visit in
        !visit.isClosed && router.hasFree(visit.plan, besides: visit.tried, for: traits, at: now)
      }
    }
    return router.wait(at: target(place), for: traits, at: now) == .zero
  }

  /// Whether a request can go nowhere else: it was mended for a target, or goes on there.
  func isBound(to place: Place) -> Bool {
    isCommitted || progress.last.map { $0.place == place && $0.isMended } ?? false
  }

  /// What lies between the end of the last pause and the deadline: our choice of a time in which an
  /// attempt can still begin.
  private static let leastRest = Duration.milliseconds(1)

  /// Asks again the target that an answer or a mended request is bound to, once it has room for that.
  ///
  /// Cooldowns do not hold it back: nobody else can be asked for the same.
  mutating func goOn(
    at place: Place, router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Action {
    let wait = router.wait(at: target(place), for: traits, at: now)
    guard wait != .zero else { return send(place, router: &router, at: now) }
    var blockage = Blockage<Place>()
    blockage.add(Blockage.Full(place, wait: wait))
    if let pause = pause(for: blockage, at: now, random: &random) {
      state = .pausing(then: place)
      return .wait(pause)
    }
    return isCommitted ? end() : choose(router: &router, at: now, random: &random)
  }

  /// The rest of a wait that the upstream asked of others too, as far as patience goes.
  mutating func pause(
    for rest: Duration, before place: Place, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> CallPause? {
    let end = patienceEnd ?? now + target(place).rules.retry.longestHint
    guard rest > .zero, now + rest <= end, isBeforeDeadline(now + rest) else { return nil }
    patienceEnd = end
    let length = spread(
      rest, before: target(place), until: end, at: now,
      random: .random(in: 0..<1, using: &random))
    return CallPause(length: length, purpose: .retryAfter)
  }

  /// A wait that an upstream stated, and what keeps calls apart on top, as far as that reaches neither
  /// the end of patience nor the deadline.
  func spread(
    _ wait: Duration, before target: RouteTarget, until end: Duration, at now: Duration,
    random: Double
  ) -> Duration {
    let latest = bounds.deadline.map { min(end, $0 - Self.leastRest) } ?? end
    let spread = target.rules.retry.spread(over: wait, random: random)
    return max(wait, min(wait + spread, latest - now))
  }

  /// How long it takes until somebody may be asked, as far as that is worth waiting for: as long as an
  /// upstream may ask to wait, for all waits before an attempt together.
  private mutating func pause(
    for blockage: Blockage<Place>, at now: Duration, random: inout some RandomNumberGenerator
  ) -> CallPause? {
    // A target that is left alone is asked once by each call, so it is waited for before that only.
    let cooling = attempts == 0 ? blockage.cooling : nil
    let full = blockage.full ?? cooling.flatMap(\.asFull)
    guard let place = full?.target ?? cooling?.target else { return nil }
    let end = patienceEnd ?? now + target(place).rules.retry.longestHint
    let latest = bounds.deadline.map { min(end, $0 - Self.leastRest) } ?? end
    // Who says when to come back is not asked before, if that is soon.
    let stated = cooling?.isStated ?? false ? cooling.map { $0.end - now } : nil
    var lengths = [full?.wait, stated]
    if full?.dependsOnOthers ?? false { lengths.append(latest - now) }
    guard var length = lengths.compactMap(\.self).filter({ $0 > .zero }).min(),
      now + length <= latest
    else { return nil }
    if length == stated {
      length = spread(
        length, before: target(place), until: end, at: now,
        random: .random(in: 0..<1, using: &random))
    }
    patienceEnd = end
    return CallPause(length: length, purpose: full == nil ? .retryAfter : .capacity)
  }
}

// MARK: - Sending

extension CallMachine {
  mutating func send(
    _ place: Place, _ reason: CallStep.Reason? = nil, router: inout Router, at now: Duration
  ) -> Action {
    let known = progress.firstIndex { $0.place == place }
    var current = known.map { progress.remove(at: $0) } ?? Progress(place: place)
    let reason = reason ?? self.reason(for: current, isKnown: known != nil, router)
    let budget = target(place).budget
    let isFirst = known == nil && !progress.contains { target($0.place).budget == budget }
    let lease = router.begin(
      place.index, of: visits[place.visit].plan, tokens: traits.tokens, isFirst: isFirst, at: now)
    current.isMended = false
    progress.append(current)
    patienceEnd = nil
    attempts += 1
    state = .asking(lease)
    return .send(step(place, reason, lease))
  }

  func step(_ place: Place, _ reason: CallStep.Reason, _ lease: Router.Lease) -> CallStep {
    CallStep(
      plan: lease.plan, index: place.index, reason: reason, attempt: attempts,
      isProbe: lease.isProbe, treatment: treatment)
  }

  private func reason(
    for current: Progress, isKnown: Bool, _ router: Router
  ) -> CallStep.Reason {
    if current.isMended { return .mended }
    if isCommitted { return .resumed }
    let target = target(current.place)
    if isKnown { return .retry(current.retries, of: mostRetries(at: target)) }
    let visit = visits[current.place.visit]
    if let origin = visit.origin { return .fallback(of: origin.origin, origin.cause) }
    if let home = traits.home, home.provider == target.provider { return .home }
    let isBehind = visit.plan.targets[0].order < target.order
    if attempts > 0 || isBehind { return .next }
    if visit.plan.targets.count == 1 { return .only }
    if traits.sticky != nil { return .sticky }
    if visit.plan.strategy == .priority, current.place.index > 0 { return .next }
    return .strategy(visit.plan.strategy)
  }
}
