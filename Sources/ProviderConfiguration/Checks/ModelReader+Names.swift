internal import YAML

extension ModelReader {
  private typealias Pattern = (name: String, pattern: NamePattern)

  /// Each name and alias may stand once in the file, and no pattern may seem to be what an alias is.
  func checkNames(_ entries: [Named<ModelFields>]) {
    checkCollisions(entries)
    let patterns = entries.compactMap { named in
      NamePattern(named.name).map { (name: named.name, pattern: $0) }
    }
    for named in entries {
      checkAliases(of: named, patterns)
      checkReach(of: named, patterns)
    }
  }

  private func checkCollisions(_ entries: [Named<ModelFields>]) {
    var places: [String: Mark] = [:]
    for named in entries { places[named.name] = reading.source.mark(named.entry.keySpan) }
    for alias in entries.flatMap(aliases) {
      guard let name = alias.string else { continue }
      guard let first = places[name] else {
        places[name] = reading.source.mark(alias.span)
        continue
      }
      reading.report(
        .nameCollision, "the name \(reading.quote(name)) is taken: it stands at \(first) too",
        at: alias.span, help: "A name means one model.")
    }
  }

  /// An alias with the beginning of another model's pattern looks like one of its names and is not.
  private func checkAliases(of named: Named<ModelFields>, _ patterns: [Pattern]) {
    for alias in aliases(of: named) {
      guard let name = alias.string,
        let other = patterns.first(where: { other in
          other.name != named.name && other.name.first != "*"
            && other.pattern.captures(in: name) != nil
        })
      else { continue }
      reading.report(
        .shadowedName,
        "\(reading.quote(name)) looks like one of \(reading.quote(other.name)), and is another name "
          + "of \(reading.quote(named.name))", at: alias.span,
        help: "Remove the alias, or choose one that no pattern stands for.",
        suggestion: removal(of: alias, from: named.entry.value))
    }
  }

  /// Of two patterns with as many fixed characters the earlier takes whatever both match.
  private func checkReach(of named: Named<ModelFields>, _ patterns: [Pattern]) {
    guard let length = NamePattern(named.name)?.literalLength,
      let winner = patterns.prefix(while: { $0.name != named.name }).first(where: { earlier in
        // A star of one that matches the stars of the other matches whatever those stand for.
        earlier.pattern.literalLength == length
          && earlier.pattern.captures(in: named.name) != nil
      })
    else { return }
    reading.report(
      .shadowedName,
      "every name of \(reading.quote(named.name)) goes to \(reading.quote(winner.name)), which "
        + "stands before it", at: named.entry.keySpan, help: "Remove it, or move it to the front.",
      suggestion: section.flatMap { reading.source.removal(of: named.name, from: $0) })
  }

  private func aliases(of named: Named<ModelFields>) -> [YAMLNode] {
    named.entry.value.entry(ModelKeys.aliases.name)?.value.items ?? []
  }

  private func removal(of alias: YAMLNode, from model: YAMLNode) -> ConfigurationSource.Edit? {
    guard let list = model.entry(ModelKeys.aliases.name)?.value else { return nil }
    return list.items?.count == 1
      ? reading.source.removal(of: ModelKeys.aliases.name, from: model)
      : reading.source.removal(of: reading.source.mark(alias.span), from: list)
  }
}
