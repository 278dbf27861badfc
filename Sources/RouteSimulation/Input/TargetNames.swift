internal import ProviderConfiguration
internal import Routing

/// The names by which people mean targets: `*`, a target id, a provider id, or `provider/model`.
package struct TargetNames: Sendable, Hashable {
  /// Means all of them.
  package static let all = "*"

  /// A target and what it may be called.
  package struct Entry: Sendable, Hashable {
    /// What stands for it in reports: its id, with the model before it where several have that id.
    package let label: String
    /// The provider id.
    package let provider: String
    fileprivate let names: [String]
  }

  /// One for each target, plan by plan.
  package let entries: [Entry]

  init(_ plans: [SimulationInput.Plan]) {
    var uses: [String: Int] = [:]
    for target in plans.flatMap(\.targets) { uses[target.id, default: 0] += 1 }
    entries = plans.flatMap { plan in
      plan.targets.map { target in
        let isShared = uses[target.id, default: 0] > 1
        let label = isShared ? "\(plan.route.model):\(target.id)" : target.id
        return Entry(
          label: label, provider: target.provider,
          names: [label, target.id, target.provider, "\(target.provider)/\(target.model)"])
      }
    }
  }

  /// The targets that a name means, as indices into ``entries``; empty: none is called so.
  package func matching(_ name: String) -> [Int] {
    guard name != Self.all else { return Array(entries.indices) }
    return entries.indices.filter { entries[$0].names.contains(name) }
  }

  /// Every name but `*`, each once.
  package var known: [String] {
    var seen: Set<String> = []
    return entries.flatMap(\.names).filter { seen.insert($0).inserted }
  }

  /// What to write in place of a name that means nothing.
  func correction(of name: String) -> String? { Spelling.nearest(to: name, among: known) }

  /// Target ids and provider ids for a message.
  var list: String {
    var seen: Set<String> = []
    let names = entries.map(\.label) + entries.map(\.provider)
    return names.filter { seen.insert($0).inserted }.joined(separator: ", ")
  }
}
