import TransportSDK

/// When an answer is worth another try.
///
/// | service | status | tries again | after |
/// |---|---|---|---|
/// | token endpoint | 5xx, without `Retry-After` | once | 1 s |
/// | instance metadata | 410 | 7 times | 10 s |
/// | | 404, 408, 429, 5xx | 3 times | 1, 2, 4 s |
/// | App Service | 404, 408, 429, 500, 503, 504 | 3 times | 1 s |
///
/// - Source: the policies of Microsoft's own library for its clients, MSAL.
enum RetryPolicy: Sendable {
  case tokenEndpoint
  case instanceMetadata
  case appService

  /// How long to wait before a retry.
  ///
  /// - Parameters:
  ///   - retry: The retry that would follow, counted from 1.
  ///   - result: The answer before it.
  /// - Returns: The wait; nil: no retry.
  func delay(beforeRetry retry: Int, after result: EffectResult) -> Duration? {
    switch (self, result.status) {
    case (.tokenEndpoint, 500...):
      retry > 1 || result.header("retry-after") != nil ? nil : .seconds(1)
    case (.instanceMetadata, 410): retry > 7 ? nil : .seconds(10)
    case (.instanceMetadata, 404), (.instanceMetadata, 408), (.instanceMetadata, 429),
      (.instanceMetadata, 500...):
      retry > 3 ? nil : .seconds(1 << (retry - 1))
    case (.appService, 404), (.appService, 408), (.appService, 429), (.appService, 500),
      (.appService, 503), (.appService, 504):
      retry > 3 ? nil : .seconds(1)
    default: nil
    }
  }
}

extension FlowRun {
  /// An exchange with its retries.
  mutating func exchange(
    _ request: TokenRequest, with service: String, retrying policy: RetryPolicy
  ) throws(FlowStop) -> EffectResult {
    var retry = 1
    while true {
      let result = try perform(.http(request))
      guard result.problem.isEmpty else {
        throw .failed(SignInFailure.unreachable(service, result.problem))
      }
      guard let delay = policy.delay(beforeRetry: retry, after: result) else { return result }
      _ = try perform(.sleep(delay))
      retry += 1
    }
  }
}

extension EffectResult {
  /// The first header of a lower-case name.
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// How long the service asks to wait, where it says so in seconds; at most a day.
  var retryAfter: Duration? {
    guard let text = header("retry-after"), let seconds = Int64(text), 0...86_400 ~= seconds else {
      return nil
    }
    return .seconds(seconds)
  }
}
