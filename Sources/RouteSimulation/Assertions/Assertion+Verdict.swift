extension Assertion {
  /// What a report says to a claim.
  package struct Verdict: Sendable, Hashable {
    /// A comparison with the values that were compared; nil: there was nothing to measure.
    package struct Part: Sendable, Hashable {
      /// The comparison.
      package let comparison: Comparison
      /// The value of the left side.
      package let left: MetricValue?
      /// The value of the right side.
      package let right: MetricValue?

      /// Whether it holds; never where there was nothing to measure.
      package var holds: Bool {
        guard let left, let right else { return false }
        return comparison.relation.holds(left.number, right.number)
      }

      /// The metrics of both sides with their values.
      package var measured: [(metric: MetricReference, value: MetricValue?)] {
        [(comparison.left, left), (comparison.right, right)].compactMap { side in
          if case .metric(let metric) = side.0 { (metric, side.1) } else { nil }
        }
      }
    }

    /// The claim.
    package let assertion: Assertion
    /// Whether it holds.
    package let holds: Bool
    /// Its comparisons, from left to right.
    package let parts: [Part]
  }

  /// Compares a claim with a report.
  package func verdict(on report: SimulationReport) -> Verdict {
    let parts = comparisons.map { comparison in
      Verdict.Part(
        comparison: comparison, left: comparison.left.value(report),
        right: comparison.right.value(report))
    }
    var remaining = parts[...]
    return Verdict(assertion: self, holds: claim.holds(taking: &remaining), parts: parts)
  }
}

extension Assertion.Claim {
  /// Whether it holds, where these are its comparisons, of which it takes its own.
  fileprivate func holds(taking parts: inout ArraySlice<Assertion.Verdict.Part>) -> Bool {
    switch self {
    case .comparison: return parts.popFirst()?.holds ?? false
    case .not(let claim): return !claim.holds(taking: &parts)
    case .both(let left, let right):
      let (first, second) = (left.holds(taking: &parts), right.holds(taking: &parts))
      return first && second
    case .either(let left, let right):
      let (first, second) = (left.holds(taking: &parts), right.holds(taking: &parts))
      return first || second
    }
  }
}
