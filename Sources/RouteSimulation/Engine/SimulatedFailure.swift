internal import Routing

/// A failure as the host makes it of what an upstream does: who is blamed, and the code for people.
struct SimulatedFailure: Sendable {
  let code: FailureCode
  let failure: CallFailure

  private init(_ code: FailureCode, _ failure: CallFailure) {
    self.code = code
    self.failure = failure
  }

  static let refused = SimulatedFailure(.network, CallFailure(.connect, blaming: .network))
  static let unreachable = SimulatedFailure(
    .timeoutConnect, CallFailure(.connect, blaming: .network))
  static let firstEvent = SimulatedFailure(
    .timeoutFirstEvent, CallFailure(.firstEvent, blaming: .endpoint))
  static let attempt = SimulatedFailure(.timeoutAttempt, CallFailure(.attempt, blaming: .endpoint))
  static let cut = SimulatedFailure(.streamTruncated, CallFailure(.stream, blaming: .endpoint))
  static let failing = SimulatedFailure(
    .upstreamFailed, CallFailure(.upstream, blaming: .endpoint, status: 500))
  static let overloaded = SimulatedFailure(
    .overloaded, CallFailure(.overload, blaming: .endpoint, status: 503))
  static let missing = SimulatedFailure(
    .notFound, CallFailure(.missing, blaming: .model, status: 404))
  static let unauthorized = SimulatedFailure(
    .auth, CallFailure(.credential, blaming: .credential, status: 401))
  static let deadline = SimulatedFailure(.timeoutTotal, CallFailure(.deadline, blaming: .request))

  static func limited(retryAfter wait: Duration) -> SimulatedFailure {
    SimulatedFailure(
      .rateLimited, CallFailure(.rateLimit, blaming: .model, status: 429, retryAfter: wait))
  }

  /// A used up quota.
  ///
  /// - Parameter wait: Until it is whole again; nil, or over already: the upstream does not say.
  /// - Returns: The failure.
  static func quota(retryAfter wait: Duration?) -> SimulatedFailure {
    let stated = wait.flatMap { $0 > .zero ? $0 : nil }
    return SimulatedFailure(
      .quotaExhausted, CallFailure(.quota, blaming: .credential, status: 429, retryAfter: stated))
  }
}
