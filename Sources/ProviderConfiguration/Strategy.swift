/// How a target is chosen among those of equal order.
package enum Strategy: String, Sendable, Hashable, CaseIterable {
  /// The first in the file that can be used.
  case priority
  /// At random, in proportion to the weights.
  case weighted
  /// One after the other.
  case roundRobin = "round_robin"
  /// The one with the fewest open calls for its weight.
  case leastBusy = "least_busy"
  /// The one that lately answered fastest for its weight.
  case leastLatency = "least_latency"
  /// By what the call is about, so that the same comes to the same target.
  case hash

  /// Whether the weights of targets matter.
  package var usesWeights: Bool {
    switch self {
    case .weighted, .leastBusy, .leastLatency, .hash: true
    case .priority, .roundRobin: false
    }
  }
}
