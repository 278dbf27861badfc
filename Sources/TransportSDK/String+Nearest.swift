extension String {
  /// The most similar of some names; nil when none is similar enough.
  ///
  /// At most a third of a known name's letters may differ, and always one.
  package func nearest(among names: [String]) -> String? {
    let nearest = names.min { $0.editDistance(to: self) < $1.editDistance(to: self) }
    guard let nearest, nearest.editDistance(to: self) <= Swift.max(1, nearest.count / 3) else {
      return nil
    }
    return nearest
  }

  /// The name with which this one begins, as `api` in `api_version`; nil when there is none.
  func beginning(among names: [String]) -> String? {
    names.first { lowercased().hasPrefix($0) }
  }

  /// Levenshtein's distance, by characters; names of settings are short.
  private func editDistance(to other: String) -> Int {
    let target = Array(other)
    var row = Array(0...target.count)
    for (i, character) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, wanted) in target.enumerated() {
        let cost = character == wanted ? diagonal : diagonal + 1
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(cost, row[j] + 1, diagonal + 1)
      }
    }
    return row[target.count]
  }
}
