internal import CurlHTTP

/// What an exchange shows of name, connection and encryption.
struct ConnectionSteps {
  /// The three steps.
  let steps: [ProbeReport.Step]
  /// The cause of a TLS failure that is known.
  let problem: TLSProblem?

  /// Whether all three are as they should be.
  var isConnected: Bool { !steps.contains { $0.verdict == .failed } }

  /// Reads an attempt.
  ///
  /// - Parameters:
  ///   - attempt: The first that reached for the upstream.
  ///   - environment: Where its proxy comes from.
  init(_ attempt: ProbeAttempt, _ environment: HTTPEnvironment) {
    var error: HTTPError?
    if case .broken(let broken) = attempt.outcome { error = broken }
    guard let origin = Origin(of: attempt.url) else {
      (steps, problem) = ([], nil)
      return
    }
    let proxy = environment.proxy(isSecure: origin.scheme == "https", host: origin.host).proxy
    let view = View(attempt, error, origin, proxy)
    problem = view.problem
    steps = [view.dns, view.tcp, view.tls]
  }
}

/// One exchange with what explains it.
private struct View {
  private let error: HTTPError?
  private let phases: HTTPPhases?
  private let origin: Origin
  private let proxy: String?
  private let version: HTTPVersion?
  let problem: TLSProblem?

  init(_ attempt: ProbeAttempt, _ error: HTTPError?, _ origin: Origin, _ proxy: String?) {
    (self.error, self.origin, self.proxy) = (error, origin, proxy)
    phases = attempt.phases
    version = attempt.version
    problem = error?.kind == .tls ? TLSProblem(error?.message ?? "") : nil
  }

  private var isNumeric: Bool {
    origin.host.contains(":") || origin.host.utf8.allSatisfy { $0 == 0x2E || 0x30...0x39 ~= $0 }
  }

  private var failedAt: ProbeReport.Subject? {
    guard let error else { return nil }
    switch error.kind {
    case .dns: return .dns
    case .tls: return .tls
    case .connect: return phases?.connect == nil || proxy != nil ? .tcp : .tls
    case .connectTimeout:
      // libcurl 7.88 notes no time for a connection whose TLS did not end, but says so in words.
      guard phases?.connect == nil, !error.message.contains("SSL") else { return .tls }
      return phases?.lookup == nil && !isNumeric ? .dns : .tcp
    case .engine, .badURL, .badRequest: return .tcp
    default: return nil
    }
  }

  private func step(
    _ subject: ProbeReport.Subject, _ duration: Duration?, _ words: String
  ) -> ProbeReport.Step {
    let failed = failedAt
    let order = ProbeReport.Subject.allCases
    let isBehind =
      failed.flatMap { failed in
        order.firstIndex(of: failed).flatMap { place in
          order.firstIndex(of: subject).map { $0 > place }
        }
      } ?? false
    if isBehind { return .init(subject: subject, verdict: .skipped, message: "not reached") }
    guard failed == subject, let error else {
      return .init(subject: subject, verdict: .ok, duration: duration, message: words)
    }
    let advice = problem?.advice ?? Self.advice(subject)
    return .init(
      subject: subject, verdict: .failed, duration: nil,
      message: problem.map { "\($0.words): \(error.message)" } ?? error.message, advice: advice)
  }

  var dns: ProbeReport.Step {
    let words =
      if proxy != nil { "left to the proxy" } else if isNumeric { "the URL holds an address" } else
      {
        "\(origin.host) is \(phases?.remoteHost ?? "known")"
      }
    return step(.dns, proxy == nil && !isNumeric ? phases?.lookup : nil, words)
  }

  var tcp: ProbeReport.Step {
    guard let phases else { return step(.tcp, nil, "a connection of an earlier request") }
    let address =
      phases.remoteHost.contains(":") ? "[\(phases.remoteHost)]" : phases.remoteHost
    let through = proxy.map { ", the proxy \($0)" } ?? ""
    let time = phases.connect.map { $0 - (phases.lookup ?? .zero) }
    return step(.tcp, time, "connected to \(address):\(phases.remotePort)\(through)")
  }

  var tls: ProbeReport.Step {
    guard origin.scheme == "https" else {
      return .init(subject: .tls, verdict: .skipped, message: "not used: the URL is http")
    }
    let time = phases.flatMap { phases in
      phases.handshake.map { $0 - (phases.connect ?? .zero) }
    }
    let spoken = version.map { ", speaks \($0.rawValue)" } ?? ""
    return step(.tls, time, "the certificate is valid for \(origin.host)\(spoken)")
  }

  private static func advice(_ subject: ProbeReport.Subject) -> String? {
    switch subject {
    case .dns:
      "Check the host in base_url or the resource's name; a private endpoint's name is known inside"
        + " of its network alone."
    case .tcp:
      "Check that the upstream runs, that base_url names its port, and that no firewall or missing"
        + " proxy is in the way (jackfield doctor)."
    case .tls:
      "The certificate must be valid for the host; SSL_CERT_FILE can name another authority."
    default: nil
    }
  }
}
