internal import CurlHTTP
internal import ProviderConfiguration

/// Why a probe ended, and at which step.
struct ProbeFailure {
  /// A setting that the plugin says would be right.
  typealias Correction = (pointer: String, value: String)

  /// The step.
  let subject: ProbeReport.Subject
  /// The code under which a call would fail.
  let code: ErrorCode
  /// The cause.
  let message: String
  /// What to do; nil where the message says it.
  private(set) var advice: String?
  /// Where the configuration speaks of it.
  let source: Mark?
  /// What the plugin would have instead.
  private(set) var correction: Correction?
  /// What the plugin found in an entry that it refused.
  private(set) var findings: [SettingFinding]?

  init(
    _ code: ErrorCode, _ message: String, advice: String? = nil, source: Mark? = nil,
    at subject: ProbeReport.Subject = .configuration
  ) {
    (self.code, self.message, self.advice, self.source) = (code, message, advice, source)
    self.subject = subject
  }

  /// An entry that its plugin refused.
  init(_ refused: SettingsRefused, in probe: Probe) {
    let first = refused.findings.first
    self.init(
      .configInvalid, first?.message ?? "the plugin refuses the entry",
      source: probe.document.mark(ofProvider: probe.entry.id, pointer: first?.pointer ?? ""))
    findings = refused.findings
  }

  /// A refusal that the transport explained.
  init(_ failure: ReportedFailure, in probe: Probe) {
    let subject = Self.subject(of: failure)
    let pointer = failure.setting.isEmpty ? subject.pointer : failure.setting
    let source =
      subject == .model
      ? probe.client.target.source
      : probe.document.mark(ofProvider: probe.entry.id, pointer: pointer)
    self.init(failure.code, failure.message, source: source, at: subject)
    if let wait = failure.retryAfter {
      advice = "The upstream asks to wait \(wait.components.seconds) s."
    }
    if !failure.setting.isEmpty, !failure.suggestion.isEmpty {
      correction = (failure.setting, failure.suggestion)
    }
  }

  /// An attempt that was not answered.
  init(_ attempt: ProbeAttempt, in probe: Probe) {
    switch attempt.outcome {
    case .refused(let failure): self.init(failure, in: probe)
    case .unsent(let error): self.init(error.code, error.message, source: error.source)
    case .broken(let error):
      self.init(
        ErrorCode(error), error.message,
        advice: error.headReceived
          ? nil : "What answers there may not be an HTTP server, or cut the connection.",
        source: probe.document.mark(ofProvider: probe.entry.id, pointer: "/base_url"), at: .path)
    case .answered: self.init(.internal, "the upstream answered")
    }
  }

  /// What may mend a failure.
  enum Remedy {
    case none, otherScheme, otherStyle, otherPlugin, otherSettings
  }

  /// What may mend it.
  var remedy: Remedy {
    switch (subject, code) {
    case (.path, _), (.apiVersion, _), (.configuration, .configInvalid): .otherSettings
    case (.responses, .operationUnsupported): .otherSettings
    case (.responses, .requestInvalid): .otherPlugin
    case (.credential, .auth): .otherStyle
    case (.tls, _): .otherScheme
    default: .none
    }
  }

  /// Whether what came back may be that of an end which speaks TLS, or does not.
  var isSchemeDoubtful: Bool { subject == .path && code != .notFound }

  /// The step at which a refusal ends.
  private static func subject(of failure: ReportedFailure) -> ProbeReport.Subject {
    switch (failure.code, failure.scope) {
    case (.auth, _), (.permission, _): .credential
    case (.notFound, .model): .model
    case (.notFound, _), (.protocolError, _), (.pluginMisbehaved, _): .path
    case (.requestInvalid, .endpoint): .apiVersion
    case (.rateLimited, _), (.quotaExhausted, _): .rateLimits
    default: .responses
    }
  }
}

extension ProbeReport.Subject {
  /// Where a provider's entry speaks of it.
  fileprivate var pointer: String {
    switch self {
    case .credential: "/auth"
    case .dns, .tcp, .tls, .path, .responses: "/base_url"
    case .apiVersion: "/options"
    default: ""
    }
  }
}
