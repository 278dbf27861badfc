/// Finds the name that was probably meant.
package enum Spelling {
  /// Longer names are not compared; the cost grows with the product of the lengths.
  private static let longest = 80

  /// The most similar of some names; nil when none is similar enough.
  ///
  /// Case, `-` and `_` weigh nothing. At most a third of the letters may differ.
  package static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    let wanted = folded(name)
    guard !wanted.isEmpty, wanted.count <= longest else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names where candidate != name {
      let known = folded(candidate)
      guard known.count <= longest else { continue }
      let distance = distance(wanted, known)
      let isSimilar =
        distance <= max(1, min(wanted.count, known.count) / 3) && distance < known.count
      if isSimilar && distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func folded(_ name: String) -> [Unicode.Scalar] {
    name.lowercased().unicodeScalars.filter { $0 != "-" && $0 != "_" }
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
  ///
  /// - Source: the optimal string alignment distance.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(previous[column] + (letter == other ? 0 : 1), previous[column + 1] + 1)
        cost = min(cost, current[column] + 1)
        let isSwap = row > 0 && column > 0 && letter == right[column - 1] && left[row - 1] == other
        current.append(isSwap ? min(cost, before[column - 1] + 1) : cost)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
