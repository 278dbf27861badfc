/// What attempts and calls fail with, by the host's codes; the last ones are a call's alone.
package enum FailureCode: String, Sendable, Hashable, CaseIterable {
  /// A connection was refused.
  case network
  /// No connection in time.
  case timeoutConnect = "timeout_connect"
  /// No first event in time.
  case timeoutFirstEvent = "timeout_first_event"
  /// One attempt took too long.
  case timeoutAttempt = "timeout_attempt"
  /// A stream broke before its first part.
  case streamTruncated = "stream_truncated"
  /// Too many requests.
  case rateLimited = "rate_limited"
  /// The quota is used up.
  case quotaExhausted = "quota_exhausted"
  /// The upstream has more load than it can take.
  case overloaded
  /// The upstream failed.
  case upstreamFailed = "upstream_failed"
  /// The credential was refused.
  case auth
  /// The deployment does not exist.
  case notFound = "not_found"
  /// The whole call took too long.
  case timeoutTotal = "timeout_total"
  /// Every target that could serve the call has all it may be given by the file's own limits.
  case full
  /// No target could be asked at all.
  case unusable
}
