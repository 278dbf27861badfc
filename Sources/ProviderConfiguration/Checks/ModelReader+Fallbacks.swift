internal import YAML

extension ModelReader {
  /// Each fallback must be a name that leads somewhere, and none may lead back.
  func checkFallbacks(_ entries: [Named<ModelFields>], _ table: ModelTable) {
    for model in table.models {
      for name in model.fallbacks.all {
        reading.checkModel(name, in: table, of: "the fallbacks of \(reading.quote(model.name))")
      }
    }
    for cycle in FallbackGraph(of: table).cycles { report(cycle, entries, table) }
  }

  private func report(
    _ cycle: FallbackGraph.Cycle, _ entries: [Named<ModelFields>], _ table: ModelTable
  ) {
    guard let mark = cycle.closing.name.mark else { return }
    let names = (cycle.way + [cycle.closing.to]).map { reading.quote(table.models[$0].name) }
    let shown = names.count > 10 ? names.prefix(6) + ["…"] + names.suffix(3) : names[...]
    reading.report(
      .fallbackCycle, "the fallbacks lead back: \(shown.joined(separator: " → "))", at: mark.span,
      help: "Remove one of the fallbacks on the way.",
      suggestion: removal(of: mark, from: entries[cycle.closing.from].entry.value))
  }

  /// Takes a fallback out of its list, the list away that would be empty, and the table with it.
  private func removal(of mark: Mark, from model: YAMLNode) -> ConfigurationSource.Edit? {
    guard let lists = model.entry(ModelKeys.fallbacks.name)?.value,
      let list = lists.entries?.first(where: { list in
        list.value.items?.contains { reading.source.mark($0.span) == mark } ?? false
      })
    else { return nil }
    if list.value.items?.count ?? 0 > 1 {
      return reading.source.removal(of: mark, from: list.value)
    }
    if lists.entries?.count ?? 0 > 1 { return reading.source.removal(of: list.name, from: lists) }
    return reading.source.removal(of: ModelKeys.fallbacks.name, from: model)
  }
}
