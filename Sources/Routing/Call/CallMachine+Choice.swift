extension CallMachine {
  /// Finds whom to ask: a target of a visited model, then of its fallbacks, then of those of the
  /// others.
  mutating func choose(
    router: inout Router, at now: Duration, random: inout some RandomNumberGenerator
  ) -> Action {
    guard isBeforeDeadline(now) else { return end() }
    var blockage = Blockage()
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
    if release() { return choose(router: &router, at: now, random: &random) }
    return blocked(blockage, router: &router, at: now)
  }

  /// Who could be asked later, over all plans.
  struct Blockage {
    var cooling: (place: Place, end: Duration, isStated: Bool)?
    var full: (place: Place, wait: Duration?)?
  }

  private func select(
    _ visit: Int, _ blockage: inout Blockage, router: inout Router, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Place? {
    guard !visits[visit].isClosed else { return nil }
    let selection = router.select(
      visits[visit].plan, besides: visits[visit].tried, for: traits, at: now, random: &random)
    switch selection {
    case .chosen(let index): return Place(visit: visit, index: index)
    case .blocked(let own):
      if let cooling = own.cooling, blockage.cooling.map({ cooling.end < $0.end }) ?? true {
        let place = Place(visit: visit, index: cooling.target)
        blockage.cooling = (place, cooling.end, cooling.isStated)
      }
      if let full = own.full, blockage.full == nil {
        blockage.full = (Place(visit: visit, index: full.target), full.wait)
      }
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

  /// Nobody may be asked now: waits, asks all the same, or gives up.
  private mutating func blocked(
    _ blockage: Blockage, router: inout Router, at now: Duration
  ) -> Action {
    if let full = blockage.full { return wait(for: full.place, full.wait, at: now) }
    if attempts == 0, let cooling = blockage.cooling {
      let longest = target(cooling.place).rules.retry.longestHint
      let wait = cooling.end - now
      // Who says when to come back is not asked before, if that is soon.
      if cooling.isStated, wait > .zero, wait <= longest, isBeforeDeadline(cooling.end) {
        state = .pausing(then: cooling.place)
        return .wait(CallPause(length: wait, purpose: .retryAfter))
      }
      return send(cooling.place, .lastResort, router: &router, at: now)
    }
    state = .ended
    if attempts > 0 { return .fail(.failed(.asReported)) }
    return .fail(traits.home.map(CallEnding.outOfReach) ?? .unusable)
  }

  /// Waits until a target can take more, as long as an upstream may ask to wait.
  private mutating func wait(
    for place: Place, _ wait: Duration?, at now: Duration
  ) -> Action {
    let end = capacityEnd ?? now + target(place).rules.retry.longestHint
    capacityEnd = end
    let length = wait ?? end - now
    guard length > .zero, now + length <= end, isBeforeDeadline(now + length) else {
      state = .ended
      return .fail(attempts > 0 ? .failed(.asReported) : .full(wait: wait))
    }
    state = .pausing(then: nil)
    return .wait(CallPause(length: length, purpose: .capacity))
  }

  private func target(_ place: Place) -> RouteTarget {
    visits[place.visit].plan.targets[place.index]
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
    let lease = router.begin(
      place.index, of: visits[place.visit].plan, tokens: traits.tokens, isRetry: known != nil,
      at: now)
    current.isMended = false
    progress.append(current)
    capacityEnd = nil
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
    if resumptions > 0 { return .resumed }
    if current.isMended { return .mended }
    let target = target(current.place)
    if isKnown {
      let most = min(target.rules.retry.maxRetries, bounds.maxRetries ?? .max)
      return .retry(current.retries, of: most)
    }
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
