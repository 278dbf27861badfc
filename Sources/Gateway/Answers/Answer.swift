internal import TransportHost

/// A whole answer of the gateway: a status, headers and a body.
struct Answer: Sendable {
  var status: Int
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  /// An answer in JSON.
  static func json(_ body: [UInt8], status: Int = 200) -> Answer {
    Answer(
      status: status, headers: [("content-type", "application/json; charset=utf-8")], body: body)
  }

  /// An answer in plain text.
  static func text(_ text: String, status: Int = 200) -> Answer {
    Answer(
      status: status, headers: [("content-type", "text/plain; charset=utf-8")],
      body: Array(text.utf8))
  }

  /// The same with another header.
  func with(_ name: String, _ value: String) -> Answer {
    var answer = self
    answer.headers.append((name, value))
    return answer
  }
}

extension Answer {
  /// The gateway's own refusal, in the shape of the API that it serves.
  ///
  /// - Parameters:
  ///   - status: The HTTP status.
  ///   - code: A word for programs: one of the closed list of errors where one fits.
  ///   - message: What, why, and what to do.
  ///   - param: The part of the request that is to blame; nil: none in particular.
  /// - Returns: The answer.
  static func refusal(
    _ status: Int, _ code: String, _ message: String, param: String? = nil
  ) -> Answer {
    var out = JSONWriter()
    out.object { top in
      top.member("error") { out in
        out.object { error in
          error.member("message", message)
          error.member("type", ErrorShape.type(status: status))
          error.member("param", param)
          error.member("code", code)
        }
      }
    }
    return .json(out.bytes, status: status)
  }

  /// The refusal of a connection beyond the limit.
  static let tooManyConnections = refusal(
    503, "overloaded",
    "this gateway has as many connections as gateway.limits.connections allows. Try again, or"
      + " allow more."
  ).with("retry-after", "1")

  /// The refusal of what is no endpoint.
  init(_ missing: Endpoint.Missing, method: String) {
    switch missing {
    case .path:
      self = .refusal(
        404, "not_found",
        "nothing is served here. POST /v1/responses and POST /v1/chat/completions are, among others;"
          + " the base URL of a client ends in /v1.")
    case .method(let allowed):
      self = .refusal(405, "method_not_allowed", "\(method) is not served here.")
        .with("allow", allowed.joined(separator: ", "))
    }
  }
}
