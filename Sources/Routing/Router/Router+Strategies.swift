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
        key, identity: plan.rows[index].identity, weight: plan.rows[index].weight,
        above: best?.score ?? 0)
      if let score { best = (index, score) }
    }
    return best?.index
  }

  private mutating func pickInTurn(among free: [Int], of plan: RoutePlan) -> Int? {
    rotations[plan.rotation].next(among: free) { plan.rows[$0].weight }
  }

  /// Fewest attempts under way for its weight; equals have their turns by weight, so that one that was
  /// left alone does not get all that it missed.
  private mutating func pickIdlest(among free: [Int], of plan: RoutePlan) -> Int? {
    var idlest: [Int] = []
    var (running, weight) = (0, 1)
    for index in free {
      let (other, share) = (loads[plan.rows[index].load].counts.running, plan.rows[index].weight)
      let (left, right) = (other * weight, running * share)
      if idlest.isEmpty || left < right {
        (running, weight) = (other, share)
        idlest.removeAll(keepingCapacity: true)
        idlest.append(index)
      } else if left == right {
        idlest.append(index)
      }
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
    let isFaster = cost(plan.rows[other], at: now) < cost(plan.rows[one], at: now)
    return isFaster ? other : one
  }

  /// The time to the first event for one more attempt; a target that is not known yet is tried, but
  /// not by all at once.
  private func cost(_ target: RoutePlan.Row, at now: Duration) -> Duration {
    let running = loads[target.load].counts.running
    guard let mean = loads[target.load].latency.mean(at: now) else { return .seconds(running) }
    return mean * (running + 1) / target.weight
  }
}
