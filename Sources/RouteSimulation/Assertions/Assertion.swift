/// A claim about a report, such as `failed == 0 && p99 < 20s`.
///
/// ```
/// claim      := both ('||' both)*
/// both       := one ('&&' one)*
/// one        := '!' one | '(' claim ')' | comparison
/// comparison := operand ('==' | '!=' | '<' | '<=' | '>' | '>=') operand
/// operand    := metric | metric.NAME | number | percentage | duration
/// ```
package struct Assertion: Sendable, Hashable {
  indirect enum Claim: Sendable, Hashable {
    case comparison(Comparison)
    case not(Claim)
    case both(Claim, Claim)
    case either(Claim, Claim)
  }

  /// How it was written.
  package let text: String
  let claim: Claim
  /// Its comparisons, from left to right.
  package let comparisons: [Comparison]

  /// Reads a claim.
  ///
  /// - Parameters:
  ///   - text: The claim.
  ///   - option: What messages say it belongs to.
  /// - Throws: What is wrong with it and where.
  package init(_ text: String, of option: String = "--assert") throws(TextProblem) {
    var parser = try AssertionParser(text, of: option)
    self.text = text
    claim = try parser.claim()
    comparisons = claim.comparisons
  }

  /// Looks up the names of targets in it.
  ///
  /// - Throws: The first that means none.
  package func check(_ names: TargetNames, of option: String = "--assert") throws(TextProblem) {
    for comparison in comparisons {
      for case .metric(let reference) in [comparison.left, comparison.right] {
        try check(reference, names, option)
      }
    }
  }

  private func check(
    _ reference: MetricReference, _ names: TargetNames, _ option: String
  ) throws(TextProblem) {
    guard reference.metric.selector == .targets || reference.metric.selector == .someTargets,
      let name = reference.selection, names.matching(name).isEmpty
    else { return }
    let correction = names.correction(of: name)
    let hint = correction.map { " Did you mean \"\(reference.metric.name).\($0)\"?" } ?? ""
    throw TextProblem(
      "no target or provider is called \"\(name)\".\(hint)", in: text,
      at: reference.range.lowerBound + reference.metric.name.count + 1..<reference.range.upperBound,
      of: option, help: "there are \(names.list)")
  }
}

extension Assertion.Claim {
  /// From left to right.
  fileprivate var comparisons: [Comparison] {
    switch self {
    case .comparison(let comparison): [comparison]
    case .not(let claim): claim.comparisons
    case .both(let left, let right), .either(let left, let right):
      left.comparisons + right.comparisons
    }
  }
}
