internal import CurlHTTP
internal import ProviderConfiguration

extension PreparedCall {
  /// The HTTP request, the secret in its place.
  ///
  /// - Parameters:
  ///   - secret: The credential, or nil.
  ///   - now: When the attempt begins.
  ///   - remaining: What is left of the whole call's time; nil: any time.
  /// - Returns: The request with its clocks.
  func request(
    _ secret: Secret?, at now: ContinuousClock.Instant, remaining: Duration?
  ) -> HTTPRequest {
    let (limits, own) = (route.limits, routed.request.limits)
    let clocks = HTTPClocks(
      connect: Self.shorter(limits.connect, own.connect),
      // A whole answer has no event before its end.
      firstEvent: isStream ? Self.shorter(limits.firstEvent, own.firstEvent) : nil,
      idle: isStream ? Self.shorter(limits.idle, own.idle) : nil,
      attempt: Self.shorter(limits.attempt, own.attempt).map { now + $0 },
      total: remaining.map { now + $0 })
    var wire = HTTPBody()
    for piece in plan.body {
      switch piece {
      case .literal(let bytes): wire.append(bytes[...])
      case .input(let range): wire.append(body[range])
      }
    }
    return HTTPRequest(
      method: plan.method, url: plan.url,
      headers: headers.map { header in
        guard header.endsWithCredential, let secret else {
          return HTTPHeader(header.name, header.value)
        }
        return HTTPHeader(header.name, secret.withValue { header.value + $0 })
      }, body: plan.body.isEmpty ? nil : wire, clocks: clocks)
  }

  /// A client may shorten what the configuration allows, and prolong nothing.
  private static func shorter(_ allowed: Duration?, _ asked: Duration?) -> Duration? {
    [allowed, asked].compactMap(\.self).min()
  }
}
