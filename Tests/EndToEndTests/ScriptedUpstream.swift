import JSONText
import RawUpstream
import Synchronization
import TransportHost
import TransportSDK

/// A transport whose upstream says in its errors what the transport is to make of them, so that a test
/// writes both sides.
///
/// The error's `code` is a word of ``codes``, its `type` an amendment (with `!` before it a lasting
/// one) and its `param` the id of stored state, or under `auth` a scope.
struct ScriptedTransport: Transport {
  static let descriptor = TransportDescriptor(
    id: "scripted", version: "1.0.0", summary: "Does as its upstream says.")
  static let rules = [
    Rule(id: "unsupported-param", reason: "The upstream refused it.", link: "https://a.example/")
  ]
  static let entry = TransportEntry(ScriptedTransport.self)
  static let codes: [String: TransportFailure.Code] = [
    "request_invalid": .requestInvalid, "state_not_ready": .stateNotReady,
    "rate_limited": .rateLimited, "overloaded": .overloaded, "auth": .auth,
  ]

  let facts: EndpointFacts

  init(settings: TransportSettings, report: inout SettingsReport) throws(TransportSDK
    .SettingsRefused)
  {
    facts = EndpointFacts(
      endpoint: settings.baseURL, allowedHosts: ["127.0.0.1"], stateLag: .seconds(60))
  }

  func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    exchange.method = request.operation == .delete ? "DELETE" : "POST"
    exchange.url = "\(facts.endpoint)/\(request.responseID)"
    exchange.place(request.credential, in: "authorization", prefix: "Bearer ")
    guard request.operation.hasBody else {
      if request.operation == .get { exchange.method = "GET" }
      return
    }
    var editor = try BodyEditor(request, body: body, into: &exchange)
    for amendment in request.amendments where amendment.hasPrefix("drop-param:") {
      editor.remove(
        String(amendment.dropFirst("drop-param:".count)), because: .rule(0), in: body,
        into: &exchange)
    }
    exchange.body = editor.finish(body)
  }

  func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    let error = (try? JSONText.validate(body))?.member("error", in: body)
    func field(_ name: StaticString) -> String {
      error?.member(name, in: body)?.string(in: body) ?? ""
    }
    let amendment = field("type")
    return TransportFailure(
      Self.codes[field("code")] ?? .upstreamFailed, field("message"),
      amendment: amendment.hasPrefix("!") ? String(amendment.dropFirst()) : amendment,
      isLasting: amendment.hasPrefix("!"),
      tokenScope: field("code") == "auth" ? field("param") : "",
      stateID: field("code") == "auth" ? "" : field("param"))
  }
}

/// An upstream that answers the nth request as a test says, with a host in front of it.
final class ScriptedUpstream: Sendable {
  /// What goes back for a request.
  enum Answer: Sendable {
    /// A status of 400 with an error.
    case refusal(code: String, amendment: String = "", stateID: String = "")
    /// Server-sent events, by their data.
    case events([String])
    /// A status of 200 with JSON.
    case whole(String)
  }

  let host: TransportHost
  private let server: RawServer
  private let log: Log

  /// - Parameters:
  ///   - settings: Lines added to the provider, indented by four spaces.
  ///   - second: Lines of a second provider at the same upstream, a target of `m` too; nil: none.
  ///   - clock: The host's.
  ///   - answer: Called with the number of the request, counted from 1, and its body.
  /// - Throws: Where the server or the host cannot start.
  init(
    settings: String = "", second: String? = nil, clock: any HostClock = VirtualClock(),
    _ answer: @escaping @Sendable (Int, String) -> Answer
  ) throws {
    let log = Log()
    server = try RawServer { connection in
      while let (head, body) = connection.readRequest() {
        let text = String(decoding: body, as: UTF8.self)
        let lines = head.split(separator: "\r\n").map(String.init)
        let token = lines.first { $0.lowercased().hasPrefix("authorization: bearer ") }
        let number = log.add(text, token: token.map { String($0.dropFirst(22)) } ?? "")
        connection.send(answer(number, text))
      }
    }
    self.log = log
    var options = TransportHost.Options()
    options.transports = [
      unsafe LinkedTransport(id: "scripted", entry: ScriptedTransport.entry.pointer)
    ]
    options.clock = clock
    let url = server.url
    let other = second.map { "  second:\n    plugin: scripted\n    base_url: \(url)\n\($0)" }
    host = try TransportHost(
      text: Array(
        """
        version: 1
        defaults: { retry: { max_retries: 0 } }
        providers:
          scripted:
            plugin: scripted
            base_url: \(url)
        \(settings)
        \(other ?? "")
        models:
          m:
            targets:
              - { provider: scripted, model: m }
              \(second == nil ? "" : "- { provider: second, model: m }")
          n: { targets: [{ provider: scripted, model: n }] }
        """.utf8), file: "providers.yaml", options: options)
  }

  private final class Log: Sendable {
    let requests = Mutex<[(body: String, token: String)]>([])
    func add(_ body: String, token: String) -> Int {
      requests.withLock { requests in
        requests.append((body, token))
        return requests.count
      }
    }
  }

  /// The bodies of all requests.
  var bodies: [String] { log.requests.withLock { $0.map(\.body) } }
  /// The tokens of all requests; empty where there was none.
  var tokens: [String] { log.requests.withLock { $0.map(\.token) } }

  /// A call with these members besides its model.
  func respond(
    _ members: String = #""input":"Hello""#, model: String = "m"
  ) async throws(CallError) -> CallResult {
    try await host.respond(to: Self.request(members, model: model))
  }

  /// The error of a call, or nil.
  func failure(_ members: String = #""input":"Hello""#) async -> CallError? {
    do {
      _ = try await respond(members)
      return nil
    } catch { return error }
  }

  static func request(_ members: String, model: String = "m") -> CallRequest {
    CallRequest(body: Array(#"{"model":"\#(model)",\#(members)}"#.utf8))
  }

  /// A stored response that says a text.
  static func response(_ text: String = "Good.", id: String = "resp_1") -> String {
    """
    {"object":"response","id":"\(id)","status":"completed","output":[{"id":"msg_\(id)",\
    "type":"message","role":"assistant","content":[{"type":"output_text","text":"\(text)"}]}]}
    """
  }

  static let created = #"{"type":"response.created","response":{"object":"response","id":"r"}}"#
  static let delta = #"{"type":"response.output_text.delta","delta":"Good."}"#
  static let completed = #"{"type":"response.completed","response":\#(response())}"#

  static func failed(_ code: String, amendment: String) -> String {
    """
    {"type":"response.failed","response":{"object":"response","id":"r","status":"failed",\
    "error":{"code":"\(code)","message":"No.","type":"\(amendment)"}}}
    """
  }
}

extension RawConnection {
  fileprivate func send(_ answer: ScriptedUpstream.Answer) {
    switch answer {
    case .refusal(let code, let amendment, let id):
      respond(
        """
        {"error":{"code":"\(code)","message":"It said no.","type":"\(amendment)","param":"\(id)"}}
        """, status: "400 Bad Request", headers: "content-type: application/json\r\n")
    case .events(let events):
      respond(
        events.map { "data: \($0)\n\n" }.joined(),
        headers: "content-type: text/event-stream\r\n")
    case .whole(let json): respond(json, headers: "content-type: application/json\r\n")
    }
  }
}
