internal import CurlHTTP
internal import JSONText
internal import ProviderConfiguration
internal import ResponseStream

/// One attempt whose response has begun.
///
/// A class, so that who reads it holds one reference: see `Indirect`.
final class OpenAttempt {
  /// What was sent.
  let call: PreparedCall
  /// The exchange.
  let http: HTTPExchange
  /// The secret, to keep it out of what an upstream repeats.
  let secret: Secret?
  /// The host, kept alive as long as somebody reads the answer.
  let host: TransportHost
  /// Why it was made.
  let origin: AttemptOrigin

  /// The response's headers; a secret that one of them repeats is blanked out.
  let headers: ResponseHeaders

  init(
    call: PreparedCall, http: HTTPExchange, secret: Secret?, host: TransportHost,
    origin: AttemptOrigin
  ) {
    self.call = call
    self.origin = origin
    self.http = http
    self.secret = secret
    self.host = host
    headers = ResponseHeaders(http.head.headers, without: secret)
  }

  /// An error without the secret: whatever the upstream put into it comes through here.
  func clean(_ error: CallError) -> CallError { secret.map(error.redacted) ?? error }

  /// What a response whose status is a refusal says.
  ///
  /// What cannot be read any more still has a status that tells, unless the caller gave up.
  func refusal() async -> AttemptFailure {
    let body: [UInt8]
    do throws(HTTPError) { body = try await http.collect(limit: Self.refusalLimit) } catch {
      if error.kind == .cancelled { return AttemptFailure(CallError(error, at: nil)) }
      body = []
    }
    let clean = secret?.redacting(body) ?? body
    let reported = call.exchange.classify(
      status: http.head.status, headers: headers, body: clean)
    return failure(reported, upstreamCode: reported.upstreamCode, body: clean)
  }

  /// The most of a refusal's body that is read, in bytes; an error object has a hundredth of it.
  private static let refusalLimit = 64 << 10

  /// What the transport itself reported.
  func failure(_ reported: ReportedFailure) -> AttemptFailure {
    AttemptFailure(clean(error(reported)), reported: reported)
  }

  /// Why the attempt failed, or nil when it did not.
  func failure(_ ending: ResponseReader.Ending) -> AttemptFailure? {
    switch ending.outcome.kind {
    case .failed: return reported(ending)
    case .truncated, .malformed:
      if let reported = ending.reported { return failure(reported) }
      return AttemptFailure(clean(broken(ending)))
    default: return judge(ending).map { AttemptFailure(clean($0)) }
    }
  }

  private func judge(_ ending: ResponseReader.Ending) -> CallError? {
    guard case .incomplete(reason: "content_filter") = ending.outcome.kind else { return nil }
    var error = CallError(
      .contentFiltered, "a content filter of the upstream ended the answer early.")
    error.upstream = upstream(code: "content_filter", body: [])
    let partial = tagged(responseObject(ending.final))
    error.partialResponse = secret?.redacting(partial) ?? partial
    return error
  }

  /// The finished answer.
  func result(_ ending: ResponseReader.Ending, attempts: [AttemptRecord]) -> CallResult {
    var reason: String?
    if case .incomplete(let word) = ending.outcome.kind { reason = word ?? "unknown" }
    reason = reason.map { secret?.redacting($0) ?? $0 }
    var warnings = call.warnings
    if let reason { warnings.append("the answer is incomplete: \(reason)") }
    if let restored = ending.outcome.restored { warnings.append(restored.words) }
    return CallResult(
      response: tagged(responseObject(ending.final)), incompleteReason: reason,
      usage: attempts.last?.usage, servedModel: attempts.last?.servedModel,
      rateLimits: call.exchange.headFacts.rateLimits,
      warnings: warnings, received: headers, attempts: attempts, call: call)
  }

  /// The ledger's line.
  func record(outcome: String, firstEvent: ContinuousClock.Instant?) -> AttemptRecord {
    AttemptRecord(
      call: call, exchange: http.record, outcome: outcome, status: http.head.status,
      firstEvent: firstEvent, origin: origin)
  }
}

// MARK: - Failures

extension OpenAttempt {
  /// A redirect is an answer that cannot be used: following it would carry the secret elsewhere.
  var redirect: CallError {
    let target = http.head.headers["location"].flatMap(URLAuthority.init(of:))?.host
    var error = CallError(
      .protocolError,
      "the upstream answered \(http.head.status) and points to \(target ?? "another place")."
        + " Redirects are not followed, since they would carry the credential there."
        + " Put the final address into base_url.", source: endpointMark)
    error.upstream = CallError.Upstream(
      status: http.head.status, code: "", message: "", requestIDs: [])
    return clean(error)
  }

  private var endpointMark: Mark? {
    call.route.provider.baseURL?.mark ?? call.route.provider.mark
  }

  /// The stream broke, or what came is no answer.
  private func broken(_ ending: ResponseReader.Ending) -> CallError {
    if let broken = ending.broken, ending.outcome.kind == .truncated {
      return CallError(broken, at: endpointMark)
    }
    let error = ending.outcome.error
    let code = error?.code.flatMap(ErrorCode.init(rawValue:)) ?? .protocolError
    var failure = CallError(
      code, error?.message ?? "the upstream's answer cannot be read", source: endpointMark)
    failure.upstream = upstream(code: "", body: secret?.redacting(error?.raw ?? []) ?? [])
    return failure
  }

  /// The upstream reported an error inside a response: the transport explains it.
  private func reported(_ ending: ResponseReader.Ending) -> AttemptFailure {
    let words = ending.outcome.error
    let clean = errorBody(words)
    let explained = call.exchange.classify(
      status: http.head.status, headers: headers, body: clean)
    return failure(explained, upstreamCode: words?.code ?? "", body: clean)
  }

  private func failure(
    _ reported: ReportedFailure, upstreamCode: String, body: [UInt8]
  ) -> AttemptFailure {
    var error = error(reported)
    error.upstream = upstream(code: upstreamCode, body: body)
    error.rateLimits = call.exchange.headFacts.rateLimits
    return AttemptFailure(clean(error), reported: reported)
  }

  /// What the transport reported, its pointer into the body that the caller wrote.
  private func error(_ reported: ReportedFailure) -> CallError {
    var error = CallError(reported, route: call.route, document: host.document)
    error.pointer = call.routed.original(error.pointer)
    return error
  }

  private func upstream(code: String, body: [UInt8]) -> CallError.Upstream {
    let names = call.provider.instance.facts.requestIDHeaders
    let found = headers.pairs.filter { names.contains($0.name) }
    return CallError.Upstream(
      status: http.head.status, code: code, message: CallError.Upstream.words(in: body),
      body: String(decoding: body.prefix(2 << 10), as: UTF8.self), requestIDs: found)
  }

  private func tagged(_ response: [UInt8]) -> [UInt8] {
    call.routed.tags?.rewritten(response.span) ?? response
  }

  /// The response object inside a terminal event, or the whole object.
  func responseObject(_ final: [UInt8]) -> [UInt8] {
    guard let root = JSONValue(at: 0..<final.count, in: final.span), call.isStream,
      let response = root.member("response", in: final.span)
    else { return final }
    return Array(final[response.range])
  }
}

extension AttemptRecord {
  init(
    call: PreparedCall, exchange: ExchangeRecord?, outcome: String, status: Int?,
    firstEvent: ContinuousClock.Instant?, origin: AttemptOrigin
  ) {
    let total = exchange?.duration ?? .zero
    self.init(
      provider: call.route.provider.id,
      model: call.route.modelName,
      source: call.route.source, outcome: outcome, status: status,
      connect: exchange?.connection?.isReused == true ? .zero : exchange?.timeToConnect,
      // An event may be read after the exchange has ended; it came before.
      firstEvent: firstEvent.flatMap { exchange?.time(to: $0) }.map { min($0, total) },
      total: total, edits: call.editCount, origin: origin)
  }
}
