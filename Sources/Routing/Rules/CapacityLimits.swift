/// What a target may be given by this host; nil: any number.
///
/// Retries, probes, mended requests and last resorts keep to it like any attempt.
package struct CapacityLimits: Sendable, Hashable {
  /// Requests within any minute.
  package var requestsPerMinute: Int?
  /// Tokens within any minute: estimated when a request is sent, corrected by what the upstream counts.
  package var tokensPerMinute: Int?
  /// Attempts at the same time.
  package var concurrency: Int?

  /// No limit.
  package init() {}

  /// Whether there is no limit at all.
  package var isEmpty: Bool {
    requestsPerMinute == nil && tokensPerMinute == nil && concurrency == nil
  }
}
