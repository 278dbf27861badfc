/// What the calls of one host know of targets: who is left alone, who is busy, whose turn it is.
///
/// It has no clock and no random numbers of its own: both are given. Instants are the time since any
/// fixed origin and never go back. What one call does stands in ``CallMachine``.
package struct Router: Sendable {
  /// A change of what is left alone.
  package struct Transition: Sendable, Hashable {
    /// When.
    package var time: Duration
    /// What.
    package var key: ScopeKey
    /// When it will be over; nil: it is over now.
    package var end: Duration?
  }

  /// The most scopes whose failures are counted; those that are not left alone are forgotten beyond it.
  ///
  /// Our choice: clients can make up names of models without end where a pattern takes them.
  private static let cooldownLimit = 4096

  /// The changes since the last call of ``takeTransitions()``, where they are recorded.
  private(set) var transitions: [Transition] = []
  private let recordsTransitions: Bool

  private(set) var cooldowns: [ScopeKey: Cooldown] = [:]
  /// The bits of all keys that are left alone: most calls need no look-up.
  private(set) var openBits: UInt64 = 0
  var loads: [TargetLoad] = []
  var rotations: [Rotation] = []
  var budgets: [RetryBudget] = []
  private var loadNumbers: [String: Int] = [:]
  private var rotationNumbers: [String: Int] = [:]
  private var budgetNumbers: [String: Int] = [:]

  /// A router that knows nothing yet.
  ///
  /// - Parameter recordsTransitions: Whether changes are kept until they are taken.
  package init(recordsTransitions: Bool = false) {
    self.recordsTransitions = recordsTransitions
  }

  /// Where the load of a target is counted; the same name gives the same number.
  package mutating func load(of target: String) -> Int {
    if let number = loadNumbers[target] { return number }
    loads.append(TargetLoad())
    loadNumbers[target] = loads.count - 1
    return loads.count - 1
  }

  /// Where the turns of a model's targets are counted; the same name gives the same number, with room
  /// for the most targets that it was ever asked for.
  package mutating func rotation(of model: String, targets: Int) -> Int {
    if let number = rotationNumbers[model] {
      rotations[number].grow(to: targets)
      return number
    }
    rotations.append(Rotation(targets: targets))
    rotationNumbers[model] = rotations.count - 1
    return rotations.count - 1
  }

  /// Where the retries of a provider are counted; the same name gives the same number.
  package mutating func budget(of provider: String) -> Int {
    if let number = budgetNumbers[provider] { return number }
    budgets.append(RetryBudget())
    budgetNumbers[provider] = budgets.count - 1
    return budgets.count - 1
  }

  /// The changes since the last call, oldest first.
  package mutating func takeTransitions() -> [Transition] {
    defer { transitions.removeAll() }
    return transitions
  }

  /// Attempts under way at a target.
  package func running(at target: RouteTarget) -> Int { loads[target.load].running }
}

// MARK: - What is left alone

extension Router {
  /// Begins an attempt in the eyes of everything it may blame.
  ///
  /// - Returns: Which of ``TargetScopes/all`` its end tells about, one bit each.
  mutating func beginProbes(_ scopes: TargetScopes, at now: Duration) -> UInt8 {
    guard openBits & scopes.bits != 0 else { return 0 }
    var probes: UInt8 = 0
    for (place, key) in scopes.all.enumerated() {
      guard var cooldown = cooldowns[key] else { continue }
      let wasOpen = cooldown.end != nil
      if cooldown.begin(at: now) { probes |= 1 << UInt8(place) }
      cooldowns[key] = cooldown
      if wasOpen, cooldown.end == nil { closed(key, at: now) }
    }
    return probes
  }

  mutating func succeed(_ key: ScopeKey, isProbe: Bool, at now: Duration) {
    guard cooldowns[key]?.succeed(isProbe: isProbe) ?? false else { return }
    closed(key, at: now)
  }

  mutating func abandon(_ key: ScopeKey, isProbe: Bool) {
    guard isProbe else { return }
    cooldowns[key]?.abandon(isProbe: true)
  }

  mutating func fail(
    _ key: ScopeKey, isProbe: Bool, at now: Duration, _ failure: CallFailure,
    _ policy: CooldownPolicy
  ) {
    var (policy, stated) = (policy, Duration?.none)
    if failure.cause == .quota {
      // It is gone at once, and for as long as the upstream says.
      policy.failures = 1
      stated = failure.retryAfter.map { now + $0 }
    } else if let wait = failure.retryAfter {
      stated = now + min(wait, policy.maximum)
    }
    makeRoom(for: key)
    let isNew = cooldowns[key, default: Cooldown()].fail(
      at: now, isProbe: isProbe, statedEnd: stated, needsProbe: failure.cause == .quota, policy)
    guard isNew, let end = cooldowns[key]?.end else { return }
    openBits |= key.bit
    note(Transition(time: now, key: key, end: end))
  }

  private mutating func closed(_ key: ScopeKey, at now: Duration) {
    openBits = cooldowns.reduce(0) { $1.value.end == nil ? $0 : $0 | $1.key.bit }
    note(Transition(time: now, key: key, end: nil))
  }

  private mutating func makeRoom(for key: ScopeKey) {
    guard cooldowns.count >= Self.cooldownLimit, cooldowns[key] == nil else { return }
    cooldowns = cooldowns.filter { $0.value.end != nil }
  }

  private mutating func note(_ transition: Transition) {
    if recordsTransitions { transitions.append(transition) }
  }
}
