extension Router {
  /// What a search for a target came to.
  enum Selection {
    /// One may be asked now.
    case chosen(Int)
    /// None may; those that may be later.
    case blocked(Blockage<Int>)
  }

  /// Chooses a target of a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - tried: Those that were asked.
  ///   - traits: The request.
  ///   - now: The time.
  ///   - random: Random numbers, for strategies that draw.
  /// - Returns: One of the lowest order that may be asked, as the strategy says.
  mutating func select(
    _ plan: RoutePlan, besides tried: TargetSet, for traits: CallTraits, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Selection {
    if let home = traits.home, let index = place(home, plan, besides: tried, traits, at: now) {
      return .chosen(index)
    }
    for group in plan.groups {
      if let index = choose(
        in: group, of: plan, besides: tried, for: traits, at: now, random: &random)
      {
        return .chosen(index)
      }
    }
    return .blocked(blockage(plan, besides: tried, for: traits, at: now))
  }

  /// The target that made the state itself, before others that can read it.
  private func place(
    _ home: CallTraits.Home, _ plan: RoutePlan, besides tried: TargetSet, _ traits: CallTraits,
    at now: Duration
  ) -> Int? {
    plan.targets.indices.first { index in
      plan.targets[index].provider == home.provider
        && isFree(index, of: plan, besides: tried, for: traits, at: now)
    }
  }

  private mutating func choose(
    in group: Range<Int>, of plan: RoutePlan, besides tried: TargetSet, for traits: CallTraits,
    at now: Duration, random: inout some RandomNumberGenerator
  ) -> Int? {
    if plan.strategy == .priority, traits.sticky == nil {
      return group.first { isFree($0, of: plan, besides: tried, for: traits, at: now) }
    }
    if group.count == 1 {
      let only = group.lowerBound
      return isFree(only, of: plan, besides: tried, for: traits, at: now) ? only : nil
    }
    var free: [Int] = []
    free.reserveCapacity(group.count)
    for index in group where isFree(index, of: plan, besides: tried, for: traits, at: now) {
      free.append(index)
    }
    guard free.count > 1 else { return free.first }
    if let key = traits.sticky { return pick(key, among: free, of: plan) }
    return pick(plan.strategy, among: free, of: plan, at: now, random: &random)
  }

  /// Whether a target may be asked now.
  private func isFree(
    _ index: Int, of plan: RoutePlan, besides tried: TargetSet, for traits: CallTraits,
    at now: Duration
  ) -> Bool {
    guard !tried.contains(index), isOpen(index, of: plan, to: traits),
      !isCooling(index, of: plan, at: now)
    else { return false }
    let row = plan.rows[index]
    guard row.isLimited else { return true }
    let limits = plan.targets[index].limits
    return loads[row.load].counts.surelyFit(traits.tokens, limits)
      || loads[row.load].wait(for: traits.tokens, limits, at: now) == .zero
  }

  /// Whether some target of a plan may be asked now.
  func hasFree(
    _ plan: RoutePlan, besides tried: TargetSet, for traits: CallTraits, at now: Duration
  ) -> Bool {
    plan.targets.indices.contains { isFree($0, of: plan, besides: tried, for: traits, at: now) }
  }

  /// Whether a target could ever be asked by this call.
  private func isOpen(_ index: Int, of plan: RoutePlan, to traits: CallTraits) -> Bool {
    plan.rows[index].isUsable
      && (traits.home.map { $0.boundary == plan.rows[index].boundary } ?? true)
  }

  private func isCooling(_ index: Int, of plan: RoutePlan, at now: Duration) -> Bool {
    guard open.bits & plan.rows[index].bits != 0 else { return false }
    return TargetScopes.places.contains { place in
      let key = plan.targets[index].scopes[place]
      guard open.mayContain(key), let cooldown = cooldowns[key] else { return false }
      return cooldown.isBlocking(at: now, probes: plan.targets[index].rules.cooldown.probes)
    }
  }

  /// What of a target is left alone longest; nil: nothing is.
  func cooling(
    _ target: RouteTarget, at now: Duration
  ) -> (scope: FailureScope, end: Duration, isStated: Bool)? {
    var longest: (scope: FailureScope, end: Duration, isStated: Bool)?
    for scope in FailureScope.allCases {
      guard let key = target.scopes.key(scope), open.mayContain(key),
        let cooldown = cooldowns[key], let end = cooldown.end,
        cooldown.isBlocking(at: now, probes: target.rules.cooldown.probes)
      else { continue }
      if longest.map({ end > $0.end }) ?? true { longest = (scope, end, cooldown.isStated) }
    }
    return longest
  }

  private func blockage(
    _ plan: RoutePlan, besides tried: TargetSet, for traits: CallTraits, at now: Duration
  ) -> Blockage<Int> {
    var blockage = Blockage<Int>()
    for index in plan.targets.indices {
      guard !tried.contains(index), isOpen(index, of: plan, to: traits) else { continue }
      let target = plan.targets[index]
      let wait = loads[target.load].wait(for: traits.tokens, target.limits, at: now)
      if let cooling = cooling(target, at: now) {
        blockage.add(
          Blockage.Cooling(
            target: index, end: cooling.end, isStated: cooling.isStated, wait: wait))
      } else {
        blockage.add(Blockage.Full(index, wait: wait))
      }
    }
    return blockage
  }
}
