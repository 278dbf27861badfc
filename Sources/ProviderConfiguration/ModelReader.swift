internal import YAML

/// Makes models from their entries and checks what concerns several of them.
struct ModelReader {
  let reading: Reading
  /// The mapping in which they stand; nil when there is none.
  let section: YAMLNode?
  private let problems: [Diagnostic]

  /// Takes what was found in the text before.
  init(_ reading: Reading, section: YAMLNode?, problems: [Diagnostic]) {
    self.reading = reading
    self.section = section
    self.problems = problems
  }

  func models(_ entries: [Named<ModelFields>]) -> [ModelEntry] {
    checkNames(entries)
    checkFallbacks(entries, table(of: entries))
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

  /// The names as they will lead to models.
  private func table(of entries: [Named<ModelFields>]) -> ModelTable {
    ModelTable(
      entries.map { named in
        (named.value ?? ModelFields()).entry(
          named.name, reading.source.mark(named.entry.keySpan), nil)
      })
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
    let names = models.names.prefix(20).joined(separator: ", ")
    let known = names.isEmpty ? "none" : models.names.count > 20 ? names + ", …" : names
    report(
      .unknownModel, "unknown model \(quote(name.value)) in \(place)" + didYouMean(meant),
      at: mark.span, help: meant == nil ? "Defined under models: \(known)." : nil,
      suggestion: meant.map { (YAMLText.scalar($0), mark.span) })
  }
}
