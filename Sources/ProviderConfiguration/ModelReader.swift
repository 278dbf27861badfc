internal import YAML

/// Makes models from their entries and checks what concerns several of them.
struct ModelReader {
  private let reading: Reading

  init(_ reading: Reading) {
    self.reading = reading
  }

  func models(_ entries: [Named<ModelFields>]) -> [ModelEntry] {
    checkNames(entries)
    return entries.map { named in
      let fields = named.value ?? ModelFields()
      var judged = fields
      judged.targets = fields.targets.map { checkCaptures($0, of: named) }
      return judged.entry(named.name, reading.source.mark(named.entry.keySpan), named.problem)
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
    let span = YAMLSpan(
      start: YAMLMark(line: mark.line, column: mark.column),
      end: YAMLMark(line: mark.endLine, column: mark.endColumn))
    let stars = count == 1 ? "one *" : count == 0 ? "no *" : "\(count) *"
    let judged = reading.judging {
      reading.report(
        .invalidCapture,
        "{\(number)} stands for nothing: \(reading.quote(model.name)) has \(stars)",
        at: span, help: "{1} is what the first * of the model's name stands for.")
    }
    return target.disabled(by: judged.problem)
  }
}

extension TargetEntry {
  fileprivate func disabled(by other: Diagnostic?) -> TargetEntry {
    TargetEntry(
      id: id, provider: provider, model: model, timeouts: timeouts, params: params,
      capabilities: capabilities, options: options, mark: mark, problem: problem ?? other)
  }
}
