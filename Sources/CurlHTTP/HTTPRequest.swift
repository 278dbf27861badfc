/// One HTTP request, complete: the engine adds only what HTTP framing needs.
///
/// The engine itself sets `host`, `content-length`, `accept-encoding` and, unless given here,
/// `accept`. Descriptions name the method, the origin and header names; never the query, a header
/// value or the body.
package struct HTTPRequest: Sendable {
  /// The method, a token as RFC 9110 section 5.6.2 defines it; sent as written.
  package var method: String
  /// An absolute `http` or `https` URL without user information; a fragment is not sent.
  package var url: String
  /// The header fields in the order in which they are sent.
  package var headers: [HTTPHeader]
  /// The body, or nil for none.
  ///
  /// An empty body sends `content-length: 0`.
  package var body: HTTPBody?
  /// What this exchange may take.
  package var clocks: HTTPClocks
  /// Whether a proxy of the environment is used; services of the machine itself are not behind one.
  package var usesProxy: Bool

  /// Describes a request.
  package init(
    method: String = "GET", url: String, headers: [HTTPHeader] = [], body: HTTPBody? = nil,
    clocks: HTTPClocks = HTTPClocks(), usesProxy: Bool = true
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.clocks = clocks
    self.usesProxy = usesProxy
  }
}

/// How long the phases of one exchange may take; nil sets no limit.
package struct HTTPClocks: Sendable, Hashable {
  /// From the start until the connection stands: name resolution, TCP, proxy and TLS.
  ///
  /// Counted in milliseconds, at least one. No connection is made when a pooled one is used.
  package var connect: Duration?
  /// Until the consumer calls `HTTPExchange.firstEventArrived()`.
  ///
  /// Restarts with each piece of the request that is sent, so that a slow upload is no silent
  /// upstream.
  package var firstEvent: Duration?
  /// Between two arrivals of body bytes, and from the response head to the first of them.
  ///
  /// Stands still while the consumer leaves the buffer full.
  package var idle: Duration?
  /// The instant by which this exchange must have ended.
  package var attempt: ContinuousClock.Instant?
  /// The instant by which the whole call, of which this exchange is a part, must have ended.
  package var total: ContinuousClock.Instant?

  /// Sets limits; ten seconds to connect and none else by default.
  package init(
    connect: Duration? = .seconds(10), firstEvent: Duration? = nil, idle: Duration? = nil,
    attempt: ContinuousClock.Instant? = nil, total: ContinuousClock.Instant? = nil
  ) {
    self.connect = connect
    self.firstEvent = firstEvent
    self.idle = idle
    self.attempt = attempt
    self.total = total
  }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
  /// The method, the URL up to its query, the header names and the body's size.
  package var description: String {
    let address = url.prefix { $0 != "?" && $0 != "#" }
    let names = headers.map(\.name).joined(separator: ", ")
    return "\(method) \(address) [\(names)] \(body?.description ?? "no body")"
  }

  /// The description alone, so that `dump` and test failures show no value either.
  package var customMirror: Mirror { Mirror(self, children: ["summary": description]) }
}
