/// Whose turn it is among the targets of one model.
struct Rotation: Sendable {
  /// The target that had its turn last; -1: none had.
  private(set) var last = -1
  /// What each target is owed, for shares that come evenly spread.
  private var credits: [Int]

  init(targets: Int) { credits = Array(repeating: 0, count: targets) }

  /// Makes room for more targets.
  mutating func grow(to targets: Int) {
    while credits.count < targets { credits.append(0) }
  }

  /// Takes the next of some targets in their order, from the last one on.
  mutating func next(among candidates: [Int]) -> Int? {
    guard let next = candidates.first(where: { $0 > last }) ?? candidates.first else { return nil }
    last = next
    return next
  }

  /// Takes the target that is owed most, each according to its weight.
  ///
  /// With weights 5, 1, 1: a a b a c a a, and again.
  ///
  /// - Source: the smooth weighted balancing of nginx,
  ///   <https://github.com/phusion/nginx/commit/27e94984486058d73157038f7950a0a36ecc6e35>.
  mutating func next(among candidates: [Int], weight: (Int) -> Int) -> Int? {
    var total = 0
    var best: Int?
    for candidate in candidates {
      let share = weight(candidate)
      total += share
      credits[candidate] += share
      if best.map({ credits[candidate] > credits[$0] }) ?? true { best = candidate }
    }
    if let best { credits[best] -= total }
    return best
  }
}
