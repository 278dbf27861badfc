internal import YAML

/// Makes models from their entries and checks what concerns several of them.
struct ModelReader {
  private let reading: Reading
  private let problems: [Diagnostic]

  /// Takes what was found in the text before.
  init(_ reading: Reading, problems: [Diagnostic]) {
    self.reading = reading
    self.problems = problems
  }

  func models(_ entries: [Named<ModelFields>]) -> [ModelEntry] {
    checkNames(entries)
    checkFallbacks(entries)
    return entries.map { named in
      var fields = named.value ?? ModelFields()
      fields.targets = fields.targets.map { target in
        let target = checkCaptures(target, of: named)
        return target.disabled(by: problems.first { target.mark.contains($0) })
      }
      return fields.entry(
        named.name, reading.source.mark(named.entry.keySpan), problem(of: named, fields.targets))
    }
  }

  /// Each fallback must be a name that leads somewhere.
  private func checkFallbacks(_ entries: [Named<ModelFields>]) {
    let table = ModelTable(
      entries.map { named in
        (named.value ?? ModelFields()).entry(
          named.name, reading.source.mark(named.entry.keySpan), nil)
      })
    for model in table.models {
      for name in model.fallbacks.all {
        reading.checkModel(name, in: table, of: "the fallbacks of \(reading.quote(model.name))")
      }
    }
  }

  /// The first problem of a model that is not one of its targets.
  private func problem(of named: Named<ModelFields>, _ targets: [TargetEntry]) -> Diagnostic? {
    let span = reading.source.mark(named.entry.span)
    let inside = (problems + reading.diagnostics).filter { $0.isDisabling && span.contains($0) }
    let all = inside + [named.problem].compactMap(\.self)
    return all.first { problem in
      !targets.contains { $0.problem == problem || $0.mark.contains(problem) }
    }
  }

  /// Each name and alias may stand once in the file.
  private func checkNames(_ entries: [Named<ModelFields>]) {
    var places: [String: Mark] = [:]
    for named in entries { places[named.name] = reading.source.mark(named.entry.keySpan) }
    for named in entries {
      let aliases = named.entry.value.entry(ModelKeys.aliases.name)?.value.items ?? []
      for alias in aliases {
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
  }

  /// `{2}` needs a second `*`.
  private func checkCaptures(_ target: TargetEntry, of model: Named<ModelFields>) -> TargetEntry {
    let count = NamePattern(model.name)?.captureCount ?? 0
    guard let text = target.model, let mark = text.mark,
      let number = CaptureText.numbers(in: text.value).first(where: {
        !(1...max(1, count)).contains($0) || count == 0
      })
    else { return target }
    let stars = count == 1 ? "one *" : count == 0 ? "no *" : "\(count) *"
    let judged = reading.judging {
      reading.report(
        .invalidCapture,
        "{\(number)} stands for nothing: \(reading.quote(model.name)) has \(stars)",
        at: mark.span, help: "{1} is what the first * of the model's name stands for.")
    }
    return target.disabled(by: judged.problem)
  }
}

extension TargetEntry {
  fileprivate func disabled(by other: Diagnostic?) -> TargetEntry {
    var target = self
    target.problem = problem ?? other
    return target
  }
}

extension Mark {
  /// The same place, as the text of the file counts.
  var span: YAMLSpan {
    YAMLSpan(
      start: YAMLMark(line: line, column: column),
      end: YAMLMark(line: endLine, column: endColumn))
  }
}

extension Reading {
  /// Reports a name that no model has and no pattern stands for; the place says in words who names
  /// it.
  func checkModel(_ name: Sourced<String>, in models: ModelTable, of place: String) {
    guard let mark = name.mark, models.index(of: name.value) == nil else { return }
    let meant = models.nearest(to: name.value)
    let known = models.names.isEmpty ? "none" : models.names.joined(separator: ", ")
    report(
      .unknownModel, "unknown model \(quote(name.value)) in \(place)" + didYouMean(meant),
      at: mark.span, help: meant == nil ? "Defined under models: \(known)." : nil,
      suggestion: meant.map { (YAMLText.scalar($0), mark.span) })
  }
}
