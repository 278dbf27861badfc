internal import ProviderConfiguration

/// What an answer shows, step by step.
struct AnswerSteps {
  private let probe: Probe
  private let attempt: ProbeAttempt

  init(_ probe: Probe, _ attempt: ProbeAttempt) {
    self.probe = probe
    self.attempt = attempt
  }

  /// What a refusal shows to be in order: what comes before its step.
  func accepted(upTo subject: ProbeReport.Subject) -> [ProbeReport.Step] {
    var steps = Array(accepted.prefix { $0.subject != subject })
    // A path that is not known may be refused before anybody looks at who asks.
    if subject == .path, !steps.isEmpty { steps[0].message = "not refused so far" }
    return steps
  }

  /// What is in order once the upstream answers a request.
  var accepted: [ProbeReport.Step] {
    let name = probe.entry.credentialName
    let credential =
      name.map { "the upstream takes \"\($0)\"" } ?? "none is sent, none is asked for"
    let served = attempt.facts.servedModel
    let model = served.isEmpty ? "exists" : "exists, served by \(served)"
    return [
      .init(subject: .credential, verdict: .ok, message: credential),
      .init(subject: .path, verdict: .ok, message: HarmlessURL.text(of: attempt.url)),
      .init(subject: .apiVersion, verdict: .ok, message: version),
      .init(subject: .model, verdict: .ok, message: "\(probe.report.model) \(model)"),
    ]
  }

  private var version: String {
    let query = HarmlessURL.text(of: attempt.url).split(separator: "?", maxSplits: 1).dropFirst()
    return query.first.map { "the upstream takes \($0)" } ?? "none is sent"
  }

  /// The answer to the create without a stream.
  var responses: ProbeReport.Step {
    .init(
      subject: .responses, verdict: .ok, duration: attempt.duration,
      message: "answered with status \(attempt.status ?? 0)")
  }

  /// The streamed one.
  func streaming(_ streamed: ProbeAttempt) -> ProbeReport.Step {
    guard case .answered(let answer) = streamed.outcome else {
      let failure = ProbeFailure(streamed, in: probe)
      return .init(
        subject: .streaming, verdict: .failed, duration: streamed.duration,
        message: failure.message, advice: failure.advice, source: failure.source)
    }
    guard answer.isStream else {
      return .init(
        subject: .streaming, verdict: .warning, duration: streamed.duration,
        message: "the answer came whole and not as a stream",
        advice: "Something on the way may collect it: a gateway or a proxy.")
    }
    let first = answer.firstEvent.map { "the first after \($0.milliseconds) ms" } ?? ""
    let last = answer.lastEvent.isEmpty ? "" : ", the last \(answer.lastEvent)"
    return .init(
      subject: .streaming, verdict: .ok, duration: streamed.duration,
      message: "\(answer.events) events, \(first)\(last)")
  }

  /// What a head says of limits.
  func limits(_ attempt: ProbeAttempt) -> ProbeReport.Step {
    let words = attempt.facts.rateLimits.map { rate in
      let left = rate.remaining.map { "\($0)" } ?? "some"
      return "\(left)\(rate.limit.map { " of \($0)" } ?? "") \(rate.unit) left"
    }
    let isUsedUp = attempt.facts.rateLimits.contains { $0.remaining == 0 }
    return .init(
      subject: .rateLimits, verdict: isUsedUp ? .warning : .ok,
      message: words.isEmpty ? "the upstream states none" : words.joined(separator: ", "))
  }
}
