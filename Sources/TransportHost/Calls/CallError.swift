import JSONText
public import ProviderConfiguration

/// A call that failed: what, where, why, and what to do.
public struct CallError: Error, Sendable {
  /// What the upstream said.
  public struct Upstream: Sendable {
    /// The HTTP status; 0 when there was none.
    public var status: Int
    /// Its own error code, or empty.
    public var code: String
    /// Its own words; where it gave none in the usual place, its whole body.
    public var message: String
    /// The first 2 KiB of its error body, or the stream's error object: what the words leave out.
    public var body: String
    /// The headers that identify the request, in the order in which the transport names them.
    public var requestIDs: [(name: String, value: String)]

    /// States what an upstream said.
    public init(
      status: Int, code: String, message: String, body: String = "",
      requestIDs: [(name: String, value: String)]
    ) {
      self.status = status
      self.code = code
      self.message = message
      self.body = body
      self.requestIDs = requestIDs
    }
  }

  /// A change of the configuration that would help.
  public struct Correction: Sendable, Hashable {
    /// The value that would be right.
    public var text: String
    /// Where it belongs.
    public var source: Mark

    /// States a correction.
    public init(text: String, source: Mark) {
      self.text = text
      self.source = source
    }
  }

  private struct Details: Sendable {
    var code: ErrorCode
    var message: String
    var source: Mark?
    var pointer: String = ""
    var correction: Correction?
    var upstream: Upstream?
    var attempts: [AttemptRecord] = []
    var retryAfter: Duration?
    var rateLimits: [RateLimit] = []
    var partialResponse: [UInt8]?
  }

  private var details: Indirect<Details>

  /// States an error.
  public init(_ code: ErrorCode, _ message: String, source: Mark? = nil) {
    details = Indirect(Details(code: code, message: message, source: source))
  }
}

extension CallError {
  /// What happened.
  public var code: ErrorCode {
    get { details.value.code }
    set { details.value.code = newValue }
  }

  /// The cause in plain words, and what to do.
  public var message: String {
    get { details.value.message }
    set { details.value.message = newValue }
  }

  /// The configuration behind it, or nil.
  public var source: Mark? {
    get { details.value.source }
    set { details.value.source = newValue }
  }

  /// RFC 6901 into the caller's body, or empty.
  public var pointer: String {
    get { details.value.pointer }
    set { details.value.pointer = newValue }
  }

  /// What the configuration should say instead, or nil.
  public var correction: Correction? {
    get { details.value.correction }
    set { details.value.correction = newValue }
  }

  /// What the upstream said, or nil when it was not reached.
  public var upstream: Upstream? {
    get { details.value.upstream }
    set { details.value.upstream = newValue }
  }

  /// What was tried.
  public var attempts: [AttemptRecord] {
    get { details.value.attempts }
    set { details.value.attempts = newValue }
  }

  /// How long to wait before another call: what the upstream asked for, or what stored state still needs
  /// to become readable; nil where nobody knows.
  public var retryAfter: Duration? {
    get { details.value.retryAfter }
    set { details.value.retryAfter = newValue }
  }

  /// What the headers of a stream that failed later said of limits.
  public var rateLimits: [RateLimit] {
    get { details.value.rateLimits }
    set { details.value.rateLimits = newValue }
  }

  /// The response object of an answer that a filter ended early, as far as it came, or nil.
  public var partialResponse: [UInt8]? {
    get { details.value.partialResponse }
    set { details.value.partialResponse = newValue }
  }
}

extension CallError: CustomStringConvertible {
  /// `code: message`.
  public var description: String { "\(code.rawValue): \(message)" }
}

extension CallError {
  /// The error as JSON, the same on every face: `{"error": {…}}`.
  public var json: [UInt8] {
    var out = JSONWriter()
    out.object { error in
      error.member("error") { out in
        out.object { body in
          body.member("code", code.rawValue)
          body.member("message", message)
          writeDetails(to: &body)
        }
      }
    }
    return out.bytes
  }

  /// Writes the members besides code and message.
  package func writeDetails(to body: inout JSONWriter) {
    body.member("fault", code.fault.rawValue)
    body.member("source", source?.description)
    if !pointer.isEmpty { body.member("pointer", pointer) }
    if let upstream {
      body.member("upstream") { upstream.write(to: &$0) }
    } else {
      body.member("upstream", nil as String?)
    }
    body.member("attempts") { out in
      out.array(attempts) { $0.write(to: &$1) }
    }
    body.member("retry_after_ms", retryAfter.map { $0.milliseconds })
    if !rateLimits.isEmpty {
      body.member("rate_limits") { out in
        out.array(rateLimits) { $0.write(to: &$1) }
      }
    }
  }
}

extension CallError.Upstream {
  func write(to out: inout JSONWriter) {
    out.object { upstream in
      upstream.member("status", status == 0 ? nil : Int64(status))
      upstream.member("code", code.isEmpty ? nil : code)
      upstream.member("message", message)
      upstream.member("request_ids") { out in
        out.object { ids in
          for (name, value) in requestIDs { ids.member(name, value) }
        }
      }
      upstream.member("body", body.isEmpty ? nil : body)
    }
  }

  /// The words of an error body, from where upstreams and their gateways put them.
  static func words(in body: [UInt8]) -> String {
    let text = body.span
    if let root = try? JSONText.validate(text) {
      for place in ["/error/message", "/message", "/error"] {
        if let words = root.value(at: place, in: text)?.string(in: text) { return words }
      }
    }
    return String(decoding: body.prefix(2 << 10), as: UTF8.self)
  }
}

extension Duration {
  /// Whole milliseconds, rounded up.
  package var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (part, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
    return seconds * 1000 + part + (rest > 0 ? 1 : 0)
  }
}
