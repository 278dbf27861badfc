/// How one of several targets of equal order is chosen.
package enum RoutingStrategy: Sendable, Hashable, CaseIterable {
  /// The first one in the order of the file.
  case priority
  /// Each in proportion to its weight, evenly spread.
  case weighted
  /// One after the other.
  case roundRobin
  /// The one with the fewest calls under way for its weight.
  case leastBusy
  /// Of two taken at random the one that promises its first event sooner.
  case leastLatency
  /// Always the same one for the same key, in proportion to the weights.
  case hash
}
