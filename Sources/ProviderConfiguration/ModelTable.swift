/// The models of a file by the names that clients use.
package struct ModelTable: Sendable {
  /// All entries in the order of the file, those with problems included.
  package let models: [ModelEntry]
  private let exact: [String: Int]
  private let patterns: [(pattern: NamePattern, index: Int)]

  init(_ models: [ModelEntry]) {
    self.models = models
    var exact: [String: Int] = [:]
    var patterns: [(pattern: NamePattern, index: Int)] = []
    for (index, model) in models.enumerated() {
      if let pattern = NamePattern(model.name) {
        patterns.append((pattern, index))
      } else {
        exact[model.name] = index
      }
    }
    for (index, model) in models.enumerated() {
      for alias in model.aliases where exact[alias.value] == nil { exact[alias.value] = index }
    }
    self.exact = exact
    self.patterns = patterns.sorted {
      ($1.pattern.literalLength, $0.index) < ($0.pattern.literalLength, $1.index)
    }
  }

  /// The model that a client's name means.
  ///
  /// An exact name or alias wins over patterns, of which the one with the most fixed characters
  /// wins, then the earlier one.
  ///
  /// - Throws: ``ModelNotFound`` with the nearest name.
  package func resolve(_ name: String) throws(ModelNotFound) -> ResolvedModel {
    guard let (index, captures) = place(of: name) else {
      throw ModelNotFound(name: name, nearest: nearest(to: name), known: names)
    }
    return ResolvedModel(models[index], name: name, captures: captures)
  }

  /// The place in ``models`` of the entry that a client's name means; nil when there is none.
  package func index(of name: String) -> Int? { place(of: name)?.index }

  /// The entry that a client's name means; nil when there is none.
  package func entry(for name: String) -> ModelEntry? { index(of: name).map { models[$0] } }

  /// The exact name or alias that was probably meant; nil when none is similar.
  package func nearest(to name: String) -> String? {
    Spelling.nearest(to: name, among: exact.keys.sorted())
  }

  private func place(of name: String) -> (index: Int, captures: [String])? {
    if let index = exact[name] { return (index, []) }
    for (pattern, index) in patterns {
      guard let captures = pattern.captures(in: name) else { continue }
      return (index, captures)
    }
    return nil
  }

  /// Every name and pattern in the order of the file, each followed by its aliases.
  package var names: [String] {
    models.flatMap { [$0.name] + $0.aliases.map(\.value) }
  }
}

/// A name that no model has and no pattern matches.
package struct ModelNotFound: Error, Sendable, CustomStringConvertible {
  /// What was asked for.
  package let name: String
  /// The name that was probably meant; nil when none is similar.
  package let nearest: String?
  /// Every name and pattern there is.
  package let known: [String]

  /// One sentence for people.
  package var description: String {
    if let nearest { return "unknown model \"\(name)\". Did you mean \"\(nearest)\"?" }
    let list = known.isEmpty ? "none" : known.prefix(20).joined(separator: ", ")
    return "unknown model \"\(name)\". Known: \(list)\(known.count > 20 ? ", …" : "")."
  }
}

/// A model as one client's name means it.
package struct ResolvedModel: Sendable {
  /// The entry.
  package let entry: ModelEntry
  /// The name that the client used.
  package let name: String
  /// What an upstream is asked for where a target names no model: the entry's own name, whichever alias
  /// led here; of a pattern the name that the client used.
  package let ownName: String
  /// What each `*` of the entry's name stands for; empty for an exact name.
  package let captures: [String]
  /// The targets with their models filled in, in the order of the file.
  package let targets: [ResolvedTarget]

  init(_ entry: ModelEntry, name: String, captures: [String]) {
    self.entry = entry
    self.name = name
    ownName = NamePattern(entry.name) == nil ? entry.name : name
    self.captures = captures
    targets = entry.targets.map {
      ResolvedTarget(
        entry: $0, model: $0.model.map { CaptureText.replacing($0.value, with: captures) })
    }
  }
}

/// A target as one client's name means it.
package struct ResolvedTarget: Sendable {
  /// The entry; its `mark` is the place that `explain` names.
  package let entry: TargetEntry
  /// The upstream's name for the model; nil where the file names none.
  package let model: String?
}
