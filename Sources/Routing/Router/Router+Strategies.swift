extension Router {
  /// Chooses one of several targets that may all be asked.
  mutating func pick(
    _ strategy: RoutingStrategy, among free: [Int], of plan: RoutePlan, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Int? {
    switch strategy {
    case .priority: free.first
    case .weighted: pickInTurn(among: free, of: plan)
    case .roundRobin: rotations[plan.rotation].next(among: free)
    case .leastBusy: pickIdlest(among: free, of: plan)
    case .leastLatency: pickFaster(among: free, of: plan, at: now, random: &random)
    // Calls without a key do not belong together: each draws one.
    case .hash: pick(random.next(), among: free, of: plan)
    }
  }

  /// The same target for the same key, as long as it may be asked.
  func pick(_ key: UInt64, among free: [Int], of plan: RoutePlan) -> Int? {
    var best: (index: Int, score: Double)?
    for index in free {
      let score = Rendezvous.score(
        key, identity: plan.targets[index].identity, weight: plan.targets[index].weight,
        above: best?.score ?? 0)
      if let score { best = (index, score) }
    }
    return best?.index
  }

  private mutating func pickInTurn(among free: [Int], of plan: RoutePlan) -> Int? {
    rotations[plan.rotation].next(among: free) { plan.targets[$0].weight }
  }

  /// Fewest attempts under way for its weight; equals have their turns by weight, so that one that was
  /// left alone does not get all that it missed.
  private mutating func pickIdlest(among free: [Int], of plan: RoutePlan) -> Int? {
    var idlest: [Int] = []
    var (running, weight) = (0, 1)
    for index in free {
      let other = loads[plan.targets[index].load].running
      let (left, right) = (other * weight, running * plan.targets[index].weight)
      guard !idlest.isEmpty, left >= right else {
        (running, weight) = (other, plan.targets[index].weight)
        idlest = [index]
        continue
      }
      if left == right { idlest.append(index) }
    }
    return idlest.count > 1 ? pickInTurn(among: idlest, of: plan) : idlest.first
  }

  private func pickFaster(
    among free: [Int], of plan: RoutePlan, at now: Duration,
    random: inout some RandomNumberGenerator
  ) -> Int {
    let first = Int.random(in: 0..<free.count, using: &random)
    let second = (first + Int.random(in: 1..<free.count, using: &random)) % free.count
    let (one, other) = (free[first], free[second])
    let isFaster = cost(plan.targets[other], at: now) < cost(plan.targets[one], at: now)
    return isFaster ? other : one
  }

  /// The time to the first event for one more attempt; a target that is not known yet is tried, but
  /// not by all at once.
  private func cost(_ target: RouteTarget, at now: Duration) -> Duration {
    let load = loads[target.load]
    guard let mean = load.latency.mean(at: now) else { return .seconds(load.running) }
    return mean * (load.running + 1) / target.weight
  }
}
