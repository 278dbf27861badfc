import TransportSDK

/// One run of a sign-in.
///
/// The ways to sign in are written as if each effect gave its result at once (``FlowRun``). A step appends
/// what the last effect gave and reads them again from the top: effects that were performed give what they
/// gave, and the first one that was not is what the flow needs next. So there is no
/// state that could be wrong, at the price of reading at most 64 results again.
final class EntraFlow: TokenFlow {
  private let settings: EntraSettings
  private let scope: String
  private let host: HostServices
  private let randomness: [UInt8]
  private var past: [FlowRun.Moment] = []
  private var reported = 0

  init(_ settings: EntraSettings, scope: String, host: HostServices) {
    self.settings = settings
    self.scope = scope
    self.host = host
    randomness = host.random(16)
  }

  /// Goes one step.
  func step(
    after result: EffectResult?, report: inout TokenReport
  ) throws(TransportFailure) -> TokenStep {
    if let result { past.append(FlowRun.Moment(result: result, time: host.unixTime)) }
    var run = FlowRun(
      settings: settings, scope: scope, randomness: randomness, past: past)
    defer { passOn(run.report, to: &report) }
    do throws(FlowStop) {
      return .done(try run.token())
    } catch {
      switch error {
      case .needs(let effect): return .needs(effect)
      case .failed(let failure): throw failure
      case .unavailable(let reason):
        throw TransportFailure(.configInvalid, scope: .credential, reason.words)
      }
    }
  }

  /// Each source is reported once, though every step meets the earlier ones again.
  private func passOn(_ all: TokenReport, to report: inout TokenReport) {
    for source in all.sources.dropFirst(reported) {
      report.source(source.name, source.outcome, source.reason)
    }
    reported = max(reported, all.sources.count)
  }
}
