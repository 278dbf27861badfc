internal import CurlHTTP
internal import ProviderConfiguration

/// One probe: the steps in order, then other settings where they may help.
struct Probe {
  /// What was found out so far.
  var report: ProbeReport
  let client: ProbeClient
  /// The library of the entry's plugin; nil where it cannot be had.
  private(set) var library: TransportLibrary?
  /// The transport of the entry; nil where the plugin refuses it.
  private(set) var instance: TransportInstance?

  var document: ConfigurationDocument { client.host.document }
  var entry: ProviderEntry { client.target.entry }

  init(_ client: ProbeClient) {
    self.client = client
    report = ProbeReport(
      provider: client.target.entry.id, plugin: client.target.entry.plugin,
      model: client.target.model)
  }

  /// Goes through everything.
  mutating func run() async throws(CallError) {
    try await examine()
    preferOwner()
  }

  private mutating func examine() async throws(CallError) {
    if let failure = configure() {
      finish(.configuration, failure.code, failure)
      if let findings = failure.findings { try await correct(findings, after: failure) }
      return
    }
    guard let instance else { return }
    let listing = try await client.attempt("models", by: instance)
    guard try await connect(listing, instance) else { return }
    if case .refused(let failure) = listing.outcome, failure.scope == .credential {
      return try await fail(ProbeFailure(failure, in: self), seen: listing)
    }
    let created = try await client.attempt("create", by: instance)
    guard created.isAnswered else {
      return try await fail(ProbeFailure(created, in: self), seen: created)
    }
    try await stream(created, instance)
  }

  // MARK: - Configuration

  private mutating func configure() -> ProbeFailure? {
    if let problem = entry.problem {
      return ProbeFailure(
        .configInvalid, problem.message, advice: problem.help, source: problem.mark)
    }
    do { library = try client.host.providers.registry.library(entry.plugin) } catch {
      return ProbeFailure(
        error.code, error.message,
        source: document.mark(ofProvider: entry.id, pointer: "/plugin"))
    }
    guard let library else { return nil }
    do { instance = try TransportInstance(library, settings: InstanceSettings(entry)) } catch {
      return ProbeFailure(error, in: self)
    }
    guard let instance else { return nil }
    if let header = entry.credentialHeaders(instance).first {
      return ProbeFailure(
        .configInvalid, "the header \(header.name) carries the credential",
        advice: "Remove it under headers and name the credential under auth.",
        source: header.mark)
    }
    report.url = HarmlessURL.text(of: asked(instance)?.url ?? instance.facts.endpoint)
    report.steps = [configuration(instance)]
    return nil
  }

  private func configuration(_ instance: TransportInstance) -> ProbeReport.Step {
    guard let warning = instance.warnings.first else {
      return .init(
        subject: .configuration, verdict: .ok,
        message: "\(instance.library.id) \(instance.library.version) takes the entry")
    }
    return .init(
      subject: .configuration, verdict: .warning, message: warning.message,
      advice: warning.suggestion.isEmpty
        ? nil : "Write \(Self.setting(warning.pointer, warning.suggestion))",
      source: document.mark(ofProvider: entry.id, pointer: warning.pointer))
  }

  // MARK: - Connection

  /// Notes how connecting went; false where it went no further.
  private mutating func connect(
    _ listing: ProbeAttempt, _ instance: TransportInstance
  ) async throws(CallError) -> Bool {
    var first = listing
    // Without the operation nothing was sent yet, so the first create shows the connection.
    if case .unsent(let error) = listing.outcome {
      guard error.code == .operationUnsupported else {
        try await reach(listing, instance, without: error)
        return false
      }
      first = try await client.attempt("create", by: instance)
    }
    let view = ConnectionSteps(first, HTTPEnvironment(client.host.options.environment))
    report.steps += view.steps
    guard !view.isConnected else { return true }
    guard case .broken(let error) = first.outcome else { return false }
    report.code = ErrorCode(error)
    skipRest()
    if view.problem == .noTLS {
      let failure = ProbeFailure(ErrorCode(error), error.message, at: .tls)
      try await tryOthers(after: failure, asking: first.url)
    }
    return false
  }

  /// Notes that there is no credential, and how connecting goes without one.
  private mutating func reach(
    _ listing: ProbeAttempt, _ instance: TransportInstance, without error: CallError
  ) async throws(CallError) {
    if let origin = Origin(of: listing.url.isEmpty ? instance.facts.endpoint : listing.url) {
      let attempt = try await client.reach(origin)
      report.steps +=
        ConnectionSteps(attempt, HTTPEnvironment(client.host.options.environment))
        .steps
    }
    finish(.credential, error.code, ProbeFailure(error.code, error.message, source: error.source))
  }

  // MARK: - Answer

  private mutating func stream(
    _ created: ProbeAttempt, _ instance: TransportInstance
  ) async throws(CallError) {
    let streamed = try await client.attempt("create", isStream: true, by: instance)
    let view = AnswerSteps(self, created)
    report.steps += view.accepted
    report.steps.append(view.responses)
    report.steps.append(view.streaming(streamed))
    report.steps.append(view.limits(streamed.facts.rateLimits.isEmpty ? created : streamed))
    guard streamed.isAnswered else {
      report.code = ProbeFailure(streamed, in: self).code
      return
    }
    try await improve(created, instance)
  }

  /// Notes a failure, and looks for settings that help.
  private mutating func fail(
    _ failure: ProbeFailure, seen attempt: ProbeAttempt
  ) async throws(CallError) {
    let view = AnswerSteps(self, attempt)
    report.steps += view.accepted(upTo: failure.subject)
    finish(failure.subject, failure.code, failure, after: attempt.duration)
    try await tryOthers(after: failure, asking: attempt.url)
  }

  // MARK: - Steps

  private mutating func finish(
    _ subject: ProbeReport.Subject, _ code: ErrorCode, _ failure: ProbeFailure,
    after duration: Duration? = nil
  ) {
    report.steps.append(
      .init(
        subject: subject, verdict: .failed, duration: duration, message: failure.message,
        advice: failure.advice, source: failure.source))
    report.code = code
    skipRest()
  }

  private mutating func skipRest() {
    let done = Set(report.steps.map(\.subject))
    let order = ProbeReport.Subject.allCases
    report.steps += order.filter { !done.contains($0) }.map {
      .init(subject: $0, verdict: .skipped, message: "not found out")
    }
    report.steps.sort { one, other in
      order.firstIndex(of: one.subject) ?? 0 < order.firstIndex(of: other.subject) ?? 0
    }
  }
}
