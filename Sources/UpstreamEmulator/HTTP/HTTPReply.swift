/// One reply before it becomes bytes, so that a fault can still change any part of it.
struct HTTPReply: Sendable {
  var status: Int
  var headers: [(name: String, value: String)]
  var body: Body
  /// Called once, right before the last event of a stream is sent.
  var willFinish: (@Sendable () -> Void)?
  /// What passes before each event.
  var pace: Duration?

  enum Body: Sendable {
    case whole([UInt8])
    case events([ServerEvent], framing: EventFraming = .plain)
  }

  static func json(_ status: Int, _ value: JSON, escaped: Bool = false) -> HTTPReply {
    HTTPReply(
      status: status, headers: [("content-type", "application/json")],
      body: .whole(escaped ? value.escapedBytes : value.bytes))
  }

  static func text(_ status: Int, _ type: String, _ text: String) -> HTTPReply {
    HTTPReply(status: status, headers: [("content-type", type)], body: .whole(Array(text.utf8)))
  }

  mutating func setHeader(_ name: String, _ value: String) {
    headers.removeAll { $0.name == name }
    headers.append((name, value))
  }

  /// The status line and the header fields.
  func head(framedBy framing: [(name: String, value: String)]) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(Self.phrase(status))\r\n"
    for header in headers + framing { text += "\(header.name): \(header.value)\r\n" }
    return Array((text + "\r\n").utf8)
  }

  private static func phrase(_ status: Int) -> String {
    phrases[status] ?? "Unknown"
  }

  private static let phrases = [
    200: "OK", 302: "Found", 307: "Temporary Redirect", 308: "Permanent Redirect",
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict",
    410: "Gone", 413: "Content Too Large", 415: "Unsupported Media Type",
    422: "Unprocessable Content", 429: "Too Many Requests",
    431: "Request Header Fields Too Large", 500: "Internal Server Error",
    501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout", 505: "HTTP Version Not Supported",
  ]
}
