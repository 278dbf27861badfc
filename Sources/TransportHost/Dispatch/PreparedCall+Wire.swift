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
    let limits = route.limits
    let clocks = HTTPClocks(
      connect: limits.connect,
      // A whole answer has no event before its end.
      firstEvent: isStream ? limits.firstEvent : nil, idle: isStream ? limits.idle : nil,
      attempt: limits.attempt.map { now + $0 }, total: remaining.map { now + $0 })
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
}
