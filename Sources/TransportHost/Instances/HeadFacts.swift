internal import CTransportABI

/// What the head of a response says of one rate limit; nil: not said.
public struct RateLimit: Sendable, Hashable {
  /// What it counts: `requests`, `tokens`.
  public var unit: String
  /// How many a window allows.
  public var limit: Int64?
  /// How many are left.
  public var remaining: Int64?
  /// The time until it is whole again, when the head arrived.
  public var reset: Duration?

  /// States a limit.
  public init(unit: String, limit: Int64?, remaining: Int64?, reset: Duration?) {
    (self.unit, self.limit, self.remaining, self.reset) = (unit, limit, remaining, reset)
  }

  func write(to out: inout JSONWriter) {
    out.object { limit in
      limit.member("unit", unit)
      limit.member("limit", self.limit)
      limit.member("remaining", remaining)
      limit.member("reset_ms", reset?.milliseconds)
    }
  }
}

/// What a transport reads in a head besides the framing.
struct HeadFacts: Sendable, Hashable {
  /// The model that really answers, or empty.
  var servedModel = ""
  /// In the order in which the transport tells them.
  var rateLimits: [RateLimit] = []

  /// The most rate limits that are kept; upstreams tell of two.
  static let rateLimitLimit = 16
  /// The most characters of a name that an upstream chose; names of models have fewer than 64.
  private static let nameLimit = 256

  /// A name as the transport read it, fit to be shown: neither endless nor with control characters.
  static func name(_ text: jf_borrowed_text) -> String {
    let scalars = unsafe String(text).unicodeScalars
    return String(
      String.UnicodeScalarView(
        scalars.lazy.filter { $0.properties.generalCategory != .control }.prefix(nameLimit)))
  }
}
