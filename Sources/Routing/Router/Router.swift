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
    ///
    /// One whose end the upstream stated is told to be over when somebody is asked again.
    package var end: Duration?
  }

  /// The changes since the last call of ``takeTransitions()``, where they are recorded.
  var transitions: [Transition] = []
  let recordsTransitions: Bool

  /// How many attempts have ended, and cooldowns been closed: with each more, somebody may be asked who
  /// could not be.
  package internal(set) var releases = 0
  /// Of those that failures blame, and of some that they blamed.
  var cooldowns: [ScopeKey: Cooldown] = [:]
  /// Those that are left alone: most calls need no look-up.
  var open = ScopeFilter()
  /// Those that failures blame, since an answer.
  var blamed = ScopeFilter()
  /// How many cooldowns have been opened.
  var openings = 0
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
  package func running(at target: RouteTarget) -> Int { loads[target.load].counts.running }
}
