import EntraCredential
import TransportSDK

/// One run of a sign-in, from its settings to its end.
struct SignIn {
  /// The scope of both plugins' tests.
  static let scope = "https://ai.azure.com/.default"

  /// Every effect, in words.
  var effects: [String] = []
  /// Where the token stands and how long it lives.
  var token: IssuedToken?
  var failure: TransportFailure?
  /// `name outcome`, in order.
  var outcomes: [String] { report.map { "\($0.name) \($0.outcome)" } }
  var report: [TokenReport.Source] = []
  var steps = 0

  /// What the flow said to people.
  var texts: [String] {
    report.map(\.reason) + [failure?.message, failure?.upstreamCode].compactMap(\.self)
  }

  /// Runs a flow to its end, or for some steps.
  init(
    _ settings: String, on host: FakeHost, scope: String = "", limit: Int = 64
  ) {
    guard
      let flow = EntraCredential.makeFlow(
        Array(#"{"entra":\#(settings)}"#.utf8), asked: scope, scope: Self.scope,
        host: host.services)
    else { return }
    var result: EffectResult?
    while steps < limit, token == nil, failure == nil {
      steps += 1
      var told = TokenReport()
      do throws(TransportFailure) {
        switch try flow.step(after: result, report: &told) {
        case .needs(let effect): result = host.perform(effect)
        case .done(let issued): token = issued
        }
      } catch {
        failure = error
      }
      report += told.sources
    }
    effects = host.log
  }

  /// The exchanges alone.
  var exchanges: [String] { effects.filter { $0.hasPrefix("GET\n") || $0.hasPrefix("POST\n") } }
  /// The waits alone.
  var waits: [String] { effects.filter { $0.hasPrefix("sleep ") } }
}

/// What reading a credential gave.
struct Judgement {
  let facts: TokenFacts?
  let findings: [SettingsReport.Finding]

  init(_ json: String, headers: [String] = ["authorization"]) {
    var report = SettingsReport()
    facts = EntraCredential.facts(
      of: Array(json.utf8), scope: SignIn.scope, placedIn: headers, report: &report)
    findings = report.failures
  }

  /// Pointers and messages, a line each.
  var lines: [String] { findings.map { "\($0.pointer): \($0.message)" } }
}
