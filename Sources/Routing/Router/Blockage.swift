/// Who could be asked later, of targets that may not be asked now.
struct Blockage<Target: Sendable>: Sendable {
  /// A target that is left alone.
  struct Cooling: Sendable {
    var target: Target
    var end: Duration
    var isStated: Bool
    /// How long it takes until one more attempt fits; nil: until something ends.
    var wait: Duration?

    /// What is in its way besides; nil: nothing.
    var asFull: Full? { wait == .zero ? nil : Full(target, wait: wait) }

    /// Whether it is asked before another, where somebody must be.
    fileprivate func comes(before other: Cooling) -> Bool {
      let (fits, otherFits) = (wait == .zero, other.wait == .zero)
      return fits == otherFits ? end < other.end : fits
    }
  }

  /// Targets that have all they may be given.
  struct Full: Sendable {
    /// The first of them.
    var target: Target
    /// How long it takes until the first of them can take more; nil: nobody knows.
    var wait: Duration?
    /// Whether one of them can when something ends.
    var dependsOnOthers: Bool

    init(_ target: Target, wait: Duration?) {
      (self.target, self.wait, dependsOnOthers) = (target, wait, wait == nil)
    }
  }

  /// Of those that are left alone and have room, the one for which that is over first; one without room
  /// where none has.
  private(set) var cooling: Cooling?
  private(set) var full: Full?

  mutating func add(_ other: Cooling) {
    guard cooling.map(other.comes) ?? true else { return }
    cooling = other
  }

  mutating func add(_ other: Full) {
    guard var full else { return full = other }
    full.wait = [full.wait, other.wait].compactMap(\.self).min()
    full.dependsOnOthers = full.dependsOnOthers || other.dependsOnOthers
    self.full = full
  }

  /// Adds what is known of another plan's targets.
  mutating func add<Other>(_ other: Blockage<Other>, as target: (Other) -> Target) {
    if let cooling = other.cooling {
      add(
        Cooling(
          target: target(cooling.target), end: cooling.end, isStated: cooling.isStated,
          wait: cooling.wait))
    }
    if let full = other.full {
      var own = Full(target(full.target), wait: full.wait)
      own.dependsOnOthers = full.dependsOnOthers
      add(own)
    }
  }
}
