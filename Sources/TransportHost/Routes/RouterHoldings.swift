internal import Routing

/// What a host's router holds; for tests of leaks.
package struct RouterHoldings: Sendable, Hashable {
  /// Attempts under way.
  package let attempts: Int
  /// Those of them that find out whether something is over.
  package let probes: Int
  /// Calls that wait until something ends.
  package let waiting: Int

  /// Whether it holds nothing.
  package var isNothing: Bool { attempts + probes + waiting == 0 }
}

extension TransportHost {
  /// What the router holds.
  package var routerHoldings: RouterHoldings { router.holdings }
}
