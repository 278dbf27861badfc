public import TransportSDK

/// A sign-in to Entra ID, as one entry under `credentials` states it.
///
/// Two plugins use it; each brings the scope that its own upstream takes.
public struct EntraCredential: Sendable {
  /// Its key in the entry: `credentials: { NAME: { entra: { … } } }`.
  public static let kind = "entra"

  private let settings: EntraSettings

  /// Reads an entry.
  ///
  /// Nil when it is of another kind, or when something was reported.
  ///
  /// - Parameters:
  ///   - credential: The entry's JSON object, each secret in it replaced by `{"$secret": handle}`.
  ///   - report: Takes every problem, each with its place in the entry.
  public init?(_ credential: [UInt8], report: inout SettingsReport) {
    var reader = SettingsReader(credential)
    guard let settings = reader.read() else {
      for finding in reader.report.failures {
        report.fail(finding.pointer, finding.message, suggestion: finding.suggestion)
      }
      return nil
    }
    self.settings = settings
  }

  /// Judges an entry for one instance.
  ///
  /// - Parameters:
  ///   - credential: As for ``init(_:report:)``.
  ///   - scope: The scope that the upstream takes, where the entry names none.
  ///   - headers: The headers in which the instance places its credential.
  ///   - report: Takes every problem.
  /// - Returns: What the entry means; nil when it is of another kind, or when something was reported.
  public static func facts(
    of credential: [UInt8], scope: String, placedIn headers: [String],
    report: inout SettingsReport
  ) -> TokenFacts? {
    guard let entry = EntraCredential(credential, report: &report) else { return nil }
    guard headers != ["api-key"] else {
      report.fail(
        "/entra",
        "a token is no key: upstreams refuse it in the header api-key. Write `auth: { bearer: … }` "
          + "in the provider that uses this credential.")
      return nil
    }
    return TokenFacts(
      scope: entry.settings.scope ?? scope, refreshBefore: entry.settings.refreshBefore)
  }

  /// Starts to obtain a token.
  ///
  /// - Parameters:
  ///   - credential: As for ``init(_:report:)``, where nothing was reported.
  ///   - asked: The scope to ask for; empty: the entry's own.
  ///   - scope: The scope that the upstream takes, where neither names one.
  ///   - host: Whose clock and randomness are used.
  /// - Returns: The flow; nil when the entry is of another kind or wrong.
  public static func makeFlow(
    _ credential: [UInt8], asked: String, scope: String, host: HostServices
  ) -> (any TokenFlow)? {
    var report = SettingsReport()
    guard let entry = EntraCredential(credential, report: &report) else { return nil }
    let chosen = asked.isEmpty ? entry.settings.scope ?? scope : asked
    return EntraFlow(entry.settings, scope: chosen, host: host)
  }
}
