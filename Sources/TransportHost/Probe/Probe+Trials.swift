internal import ProviderConfiguration

extension Probe {
  /// The most settings that are tried.
  private static let trialLimit = 12

  /// How sure another plugin must be for an entry that works to be called its own.
  private static let ownConfidence = 60

  /// Tries other settings until one is answered.
  ///
  /// - Parameters:
  ///   - failure: What failed.
  ///   - url: What was asked.
  /// - Throws: `cancelled` alone.
  mutating func tryOthers(
    after failure: ProbeFailure, asking url: String
  ) async throws(CallError) {
    let home = Origin(of: url) ?? Origin(of: ownSettings.baseURL)
    try await run(candidates(after: failure, url: url), home: home, past: failure.subject)
  }

  /// Corrects what a plugin refuses in an entry, and tries the result.
  mutating func correct(
    _ findings: [SettingFinding], after failure: ProbeFailure
  ) async throws(CallError) {
    var settings = ownSettings
    var reasons: [String] = []
    for finding in findings where !finding.suggestion.isEmpty {
      guard let next = Self.correction(finding.pointer, finding.suggestion, of: settings) else {
        continue
      }
      settings = next
      reasons.append(Self.reason(finding.pointer, finding.suggestion))
    }
    var all: [ProbeCandidate] = []
    if let library, !reasons.isEmpty {
      all.append(
        ProbeCandidate(
          library: library, settings: settings, reason: reasons.joined(separator: " and ")))
    }
    guard let home = Origin(of: ownSettings.baseURL) else {
      // Without a host of the entry's own there is none that the secret may be sent to.
      return certify(all)
    }
    try await run(all + candidates(after: failure, url: ""), home: home, past: .configuration)
    if report.entry == nil { certify(all) }
  }

  /// Shows the entry of a plugin that calls the URL its own, where no other entry is shown.
  mutating func preferOwner() {
    guard report.code != nil, report.entry == nil else { return }
    let own = ownConfidence(of: report.url)
    guard let (better, _) = surerPlugins(of: report.url, than: own).first,
      let instance = try? TransportInstance(better.library, settings: better.settings),
      let url = asked(instance)?.url,
      // Judged by where its entry leads: of the URL that was asked some of the path may be missing.
      confidence(of: better.library, in: url) >= Self.ownConfidence
    else { return }
    print(better, .certain)
    guard report.entry != nil, report.steps[0].verdict == .ok else { return }
    noteOwner(better.library)
  }

  private mutating func noteOwner(_ library: TransportLibrary) {
    report.steps[0].verdict = .warning
    report.steps[0].message = "the plugin \(library.id) knows this upstream better"
  }

  /// After an answer: what would be better all the same.
  mutating func improve(
    _ created: ProbeAttempt, _ instance: TransportInstance
  ) async throws(CallError) {
    let confidence = ownConfidence(of: created.url)
    if let (better, confidence) = surerPlugins(of: created.url, than: confidence).first,
      confidence >= Self.ownConfidence
    {
      return try await prefer(better, created, instance)
    }
    let own = ProbeCandidate(
      library: instance.library, settings: ownSettings,
      reason: "it says the same without the warning")
    if let better = withoutWarnings(own, instance) { print(better, .certain) }
  }

  /// The same settings as the plugin advises to write them; nil where it advises nothing.
  private func withoutWarnings(
    _ candidate: ProbeCandidate, _ instance: TransportInstance
  ) -> ProbeCandidate? {
    guard !instance.warnings.isEmpty else { return nil }
    var settings = candidate.settings
    for warning in instance.warnings {
      guard !warning.suggestion.isEmpty,
        let next = Self.correction(warning.pointer, warning.suggestion, of: settings)
      else { return nil }
      settings = next
    }
    guard let other = try? TransportInstance(candidate.library, settings: settings),
      other.warnings.isEmpty, other.facts.endpoint == instance.facts.endpoint
    else { return nil }
    return ProbeCandidate(
      library: candidate.library, settings: settings, reason: candidate.reason,
      style: candidate.style)
  }

  /// Shows the entry of a plugin that is surer of an upstream than the one that works.
  private mutating func prefer(
    _ better: ProbeCandidate, _ created: ProbeAttempt, _ instance: TransportInstance
  ) async throws(CallError) {
    guard let other = try? TransportInstance(better.library, settings: better.settings) else {
      return
    }
    if asked(other) == asked(instance) {
      print(better, .certain)
    } else {
      try await run([better], home: Origin(of: created.url), past: .rateLimits)
    }
    guard report.entry != nil else { return }
    noteOwner(better.library)
  }

  // MARK: - Trying

  private mutating func run(
    _ candidates: [ProbeCandidate], home: Origin?, past subject: ProbeReport.Subject
  ) async throws(CallError) {
    guard let home else { return }
    var seen = Set([instance.flatMap(asked)].compactMap(\.self))
    // That a path is not known shows nothing, wherever the entry itself ended.
    var furthest = (
      candidate: ProbeCandidate?.none, place: max(place(of: subject), place(of: .path))
    )
    for candidate in candidates {
      guard report.trials.count < Self.trialLimit, .now < client.deadline else { break }
      guard let instance = try? TransportInstance(candidate.library, settings: candidate.settings)
      else { continue }
      guard let asked = asked(instance), Origin(of: asked.url)?.mayTakeSecret(of: home) == true,
        seen.insert(asked).inserted
      else { continue }
      let attempt = try await client.attempt("create", by: instance, home: home)
      note(attempt, of: candidate)
      if attempt.isAnswered {
        return print(withoutWarnings(candidate, instance) ?? candidate, .answered)
      }
      let reached = place(of: ProbeFailure(attempt, in: self).subject)
      if case .refused = attempt.outcome, reached > furthest.place {
        furthest = (candidate, reached)
      }
    }
    if let candidate = furthest.candidate { print(candidate, .further) }
  }

  /// Names settings that the plugin asks for and accepts, which are not tried.
  private mutating func certify(_ candidates: [ProbeCandidate]) {
    for candidate in candidates
    where (try? TransportInstance(candidate.library, settings: candidate.settings)) != nil {
      return print(candidate, .certain)
    }
  }

  private mutating func note(_ attempt: ProbeAttempt, of candidate: ProbeCandidate) {
    let words =
      attempt.isAnswered
      ? "answered with status \(attempt.status ?? 0)"
      : ProbeFailure(attempt, in: self).message
    report.trials.append(
      .init(
        plugin: candidate.library.id, url: HarmlessURL.text(of: attempt.url),
        reason: candidate.reason, worked: attempt.isAnswered, message: words))
  }

  private mutating func print(
    _ candidate: ProbeCandidate, _ evidence: ProbeReport.Entry.Evidence
  ) {
    guard let yaml = document.text(ofProvider: entry.id, with: candidate.change) else { return }
    report.entry = .init(yaml: yaml, reason: candidate.reason, evidence: evidence)
  }

  /// What a transport asks; nil where it would ask nothing.
  func asked(_ instance: TransportInstance) -> Asked? {
    let input = client.target.input("create", isStream: false, attempt: 1)
    guard let plan = try? instance.prepare(input).plan else { return nil }
    return Asked(url: plan.url, credentialHeaders: instance.facts.credentialHeaders)
  }

  private func place(of subject: ProbeReport.Subject) -> Int {
    ProbeReport.Subject.allCases.firstIndex(of: subject) ?? 0
  }
}

/// A request that was made, so that none is made twice.
struct Asked: Hashable {
  /// Where a create goes.
  let url: String
  /// The headers that hold the credential.
  let credentialHeaders: [String]
}
