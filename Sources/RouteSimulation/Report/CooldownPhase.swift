/// A time in which a target was left alone.
package struct CooldownPhase: Sendable, Hashable {
  /// When it began.
  package let from: Duration
  /// When it was over.
  package let to: Duration
  /// Whether it could have been asked again, by few attempts that find out.
  package let isHalfOpen: Bool
}

extension SimulationReport {
  /// When a target was left alone, whatever it was that it depends on, in the order of time.
  ///
  /// - Parameter target: The target, as an index into ``targets``.
  /// - Returns: The times, which may lie over each other; none where it never was.
  package func phases(of target: Int) -> [CooldownPhase] {
    let own = changes.filter { $0.targets.contains(target) }
    var phases: [CooldownPhase] = []
    for (place, change) in own.enumerated() {
      guard case .opened(let opening) = change.kind else { continue }
      let next = own[(place + 1)...].first { $0.scope == change.scope && $0.endsPhase }
      let over = next?.time ?? end
      phases.append(
        CooldownPhase(from: change.time, to: min(opening.until, over), isHalfOpen: false))
      if !opening.isStated, over > opening.until {
        phases.append(CooldownPhase(from: opening.until, to: over, isHalfOpen: true))
      }
    }
    return phases.sorted { $0.from < $1.from }
  }
}

extension CooldownChange {
  /// Whether what was before it is over.
  fileprivate var endsPhase: Bool {
    if case .probed = kind { false } else { true }
  }
}
