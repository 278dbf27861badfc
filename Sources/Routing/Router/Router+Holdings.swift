extension Router {
  /// Attempts under way at all targets.
  package var running: Int { loads.reduce(0) { $0 + $1.counts.running } }

  /// Attempts under way that find out whether something is over.
  package var probes: Int { cooldowns.values.reduce(0) { $0 + $1.probes } }
}
