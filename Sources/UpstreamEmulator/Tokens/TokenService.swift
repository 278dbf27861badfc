import Synchronization

/// The endpoints where tokens are had, from a parsed request to the steps that answer it.
final class TokenService: RequestAnswering {
  let options: TokenOptions
  let issuer: TokenIssuer
  let certificate: RegisteredCertificate?
  private let origin: String
  private let faults: FaultPlan
  private let log = Mutex(Log())

  private struct Log {
    var requests: [RecordedTokenRequest] = []
    var counts: [TokenEndpoint: Int] = [:]
  }

  init(options: TokenOptions, issuer: TokenIssuer, origin: String) throws(EmulatorError) {
    self.options = options
    self.issuer = issuer
    self.origin = origin
    certificate = try options.certificate.map { pem throws(EmulatorError) in
      guard let certificate = RegisteredCertificate(pem: pem) else { throw .badCertificate }
      return certificate
    }
    faults = FaultPlan(always: options.faults, rules: FaultRule.allOfTokens)
  }

  func count(of endpoint: TokenEndpoint) -> Int { log.withLock { $0.counts[endpoint] ?? 0 } }
  var requests: [RecordedTokenRequest] { log.withLock { $0.requests } }
  func setFaults(_ faults: [Fault]) { self.faults.replace(always: faults) }

  func steps(for request: HTTPRequest, connection: Int) -> ReplyPlan {
    let endpoint = request.pathSegments.flatMap(TokenEndpoint.init)
    var chosen: [Fault] = []
    var reply: HTTPReply
    do throws(Refusal) {
      chosen = try faults.next(for: request, at: endpoint)
      reply = .json(200, try grant(request, at: endpoint))
    } catch {
      reply = .json(error.status, error.body)
    }
    note(request, endpoint, status: reply.status)
    let scene = FaultScene(upstream: nil, origin: origin, clock: options.clock)
    for fault in chosen { fault.rule.edit(&reply, fault, scene) }
    addHeaders(to: &reply)
    var steps = reply.steps(chunked: request.speaksChunks, keepsAlive: request.keepsAlive)
    for fault in chosen { fault.rule.editSteps(&steps, fault) }
    return ReplyPlan(steps: steps)
  }

  func malformed(_ error: MalformedRequest) -> HTTPReply {
    .text(error.status, "text/plain", "\(error.reason)\n")
  }

  private func grant(
    _ request: HTTPRequest, at endpoint: TokenEndpoint?
  ) throws(Refusal) -> JSON {
    switch endpoint {
    case .login: try LoginEndpoint(service: self).grant(request)
    case .imds: try MetadataEndpoint(service: self).grant(request)
    case .appService: try AppServiceEndpoint(service: self).grant(request)
    case nil: throw Refusal(status: 404, body: ["error": "not_found"])
    }
  }

  private func note(_ request: HTTPRequest, _ endpoint: TokenEndpoint?, status: Int) {
    let record = RecordedTokenRequest(
      endpoint: endpoint, method: request.method, target: request.target,
      headers: request.headers, parameters: request.form ?? request.query, status: status)
    log.withLock { log in
      if let endpoint { log.counts[endpoint, default: 0] += 1 }
      guard options.requestLogLimit > 0 else { return }
      if log.requests.count >= options.requestLogLimit {
        log.requests.removeFirst(max(1, options.requestLogLimit / 2))
      }
      log.requests.append(record)
    }
  }

  private func addHeaders(to reply: inout HTTPReply) {
    let fields = [
      ("date", HTTPDate.text(options.clock.now())), ("cache-control", "no-store, no-cache"),
      ("x-ms-request-id", Identifiers.request(of: .azureOpenAI)),
    ]
    for (name, value) in fields where !reply.headers.contains(where: { $0.name == name }) {
      reply.headers.append((name, value))
    }
  }
}
