internal import ProcessIO
internal import ProviderConfiguration

extension Doctor {
  /// Each plugin that providers name, and what it says of each provider.
  var plugins: [Finding] {
    var ids: [String] = []
    for patient in patients where !patient.entry.plugin.isEmpty {
      if !ids.contains(patient.entry.plugin) { ids.append(patient.entry.plugin) }
    }
    return ids.flatMap(plugin) + patients.compactMap(verdict)
  }

  private func plugin(_ id: String) -> [Finding] {
    guard let host else { return [] }
    let mark =
      host.document.plugin(id)?.path?.mark
      ?? patients.first { $0.entry.plugin == id }?
      .entry.mark
    let library: TransportLibrary
    do { library = try host.providers.registry.library(id) } catch {
      return [.error(id, error.message, at: mark)]
    }
    guard let path = library.file else {
      return [.ok(id, "version \(library.version), linked into this program", at: mark)]
    }
    let sideCar = sideCar(of: library, at: path)
    let words =
      "version \(library.version), built with \(library.toolchain), handshake passed, "
      + "\(sideCar.rawValue): \(path)"
    let finding: Finding =
      sideCar == .differs
      ? .warning(
        id, words, advice: "File and manifest are of two builds; install both again.", at: mark)
      : .ok(id, words, at: mark)
    return [finding, safety(of: id, at: path)].compactMap(\.self)
  }

  private enum SideCar: String {
    case absent = "no manifest beside it"
    case agrees = "its manifest agrees"
    case differs = "the manifest beside it is another's"
  }

  /// The side-car file, which editors and listings believe.
  private func sideCar(of library: TransportLibrary, at path: String) -> SideCar {
    guard let bytes = try? FileText.read(path + ".json") else { return .absent }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.droppingLineEnd == library.manifest ? .agrees : .differs
  }

  /// Whoever may write the file may run code in every program that loads it.
  private func safety(of id: String, at path: String) -> Finding? {
    guard let status = try? FileStatus(of: path), status.isWritableByAll else { return nil }
    return .warning(
      id, "every user of this machine may replace the file: \(path)",
      advice: "chmod o-w '\(path)'")
  }

  /// What the plugin made of an entry; nil where the plugin itself is the finding.
  private func verdict(on patient: Patient) -> Finding? {
    let (id, mark) = ("provider \(patient.entry.id)", patient.entry.mark)
    switch patient.state {
    case .withoutPlugin: return nil
    case .disabled(let problem):
      return problem.severity == .error
        ? .error(id, "disabled: \(problem.message)", at: problem.mark)
        : .warning(id, "disabled: \(problem.message)", advice: problem.help, at: problem.mark)
    case .refused(let findings):
      let first = findings.first
      return .error(
        id, first?.message ?? "the plugin refuses the entry",
        advice: "jackfield check shows the line.",
        at: host?.document.mark(ofProvider: patient.entry.id, pointer: first?.pointer ?? ""))
    case .created(let instance):
      guard let first = instance.warnings.first else {
        return .ok(id, HarmlessURL.text(of: instance.facts.endpoint), at: mark)
      }
      return .warning(
        id, first.message,
        advice: first.suggestion.isEmpty ? nil : "Write \(HarmlessURL.text(of: first.suggestion))",
        at: host?.document.mark(ofProvider: patient.entry.id, pointer: first.pointer))
    }
  }
}

extension String {
  fileprivate var droppingLineEnd: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}
