import TransportSDK

/// The `x-ratelimit-…` headers of both kinds of upstream.
enum RateLimitHeaders {
  private static let lead = "x-ratelimit-"
  private static let units = ["requests", "tokens"]

  /// The limits that a head tells of, in the order of their first headers.
  ///
  /// Each header is looked at once, so that a head without them costs one comparison a header.
  static func read(_ headers: [(name: String, value: String)]) -> [HeadFacts.RateLimit] {
    var limits: [HeadFacts.RateLimit] = []
    for header in headers where header.name.hasPrefix(lead) {
      guard let (quantity, unit) = parts(of: header.name) else { continue }
      let index = limits.firstIndex { $0.unit == unit } ?? limits.endIndex
      if index == limits.endIndex {
        limits.append(HeadFacts.RateLimit(unit: unit, limit: nil, remaining: nil, reset: nil))
      }
      limits[index] = limits[index].with(quantity, header.value)
    }
    return limits
  }

  /// The limit of which a head says that nothing is left, with the time until it is whole again.
  static func exhaustedUnit(of head: ResponseHead) -> HeadFacts.RateLimit? {
    read(head.headers).first { $0.remaining == 0 }
  }

  /// The time until all limits are whole again of which a head says that nothing is left.
  static func untilWhole(_ head: ResponseHead) -> Duration? {
    read(head.headers).filter { $0.remaining == 0 }.compactMap(\.reset).max()
  }

  private static func parts(of name: String) -> (quantity: Substring, unit: String)? {
    let words = name.dropFirst(lead.count).split(separator: "-", maxSplits: 1)
    guard words.count == 2, let unit = units.first(where: { $0 == words[1] }) else { return nil }
    return (words[0], unit)
  }
}

extension HeadFacts.RateLimit {
  fileprivate func with(_ quantity: Substring, _ value: String) -> Self {
    Self(
      unit: unit, limit: quantity == "limit" ? Self.count(value) : limit,
      remaining: quantity == "remaining" ? Self.count(value) : remaining,
      reset: quantity == "reset" ? RetryDelay.span(value) : reset)
  }

  /// Some gateways write what is left below zero.
  private static func count(_ text: String) -> Int64? {
    Int64(text[...].trimmed).map { max($0, 0) }
  }
}
