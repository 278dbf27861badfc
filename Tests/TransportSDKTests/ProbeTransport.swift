import JSONText
import Foundation
import TransportSDK

/// A Swift transport that notes what reaches it and says everything that can be said.
///
/// What it does depends on the model of the request, so that one type serves every test.
struct ProbeTransport: Transport {
  static let descriptor = TransportDescriptor(
    id: "probe", version: "2.1.0", summary: "Sees \"everything\".",
    options: [
      OptionDescription(name: "region", documentation: "Where it is.", pattern: "^[a-z\\d]+$"),
      OptionDescription(name: "project", documentation: "Whose it is."),
    ])

  static let rules = [
    Rule(id: "first-rule", reason: "It must be so.", link: "https://probe.example/first"),
    Rule(id: "second-rule", reason: "It is better so.", link: "https://probe.example/second"),
  ]

  /// What instances saw, by provider id; each test uses an id of its own.
  fileprivate static let seen = Observations()

  /// What the instances of one provider saw.
  static func seen(by provider: String) -> Seen? { seen.withLock { $0[provider] } }

  struct Seen: Sendable {
    var settings: TransportSettings
    var request: TransportRequest?
    var body: [UInt8] = []
    var liveReaders = 0
  }

  let provider: String

  init(settings: TransportSettings, report: inout SettingsReport) throws(SettingsRefused) {
    provider = settings.provider
    switch settings.options["region"] {
    case "wrong":
      report.fail("/options/region", "there is no region \"wrong\".", suggestion: "north")
      report.warn("/base_url", "a slash was removed.", suggestion: "https://probe.example")
      report.fail("/auth", "auth is needed.")
    case "silent": throw SettingsRefused()
    case "adjusted":
      report.warn("/base_url", "a slash was removed.", suggestion: "https://probe.example")
    default: break
    }
    try report.check()
    Self.seen.withLock { $0[settings.provider] = Seen(settings: settings) }
  }

  var facts: EndpointFacts {
    EndpointFacts(
      endpoint: "https://probe.example/v1", allowedHosts: ["probe.example", "eu.probe.example"],
      credentialHeaders: ["authorization", "x-key"], requestIDHeaders: ["x-request-id", "x-trace"],
      stateBoundary: "probe:é")
  }

  func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    var copy: [UInt8] = []
    for index in body.indices { copy.append(body[index]) }
    Self.seen.withLock { seen in
      seen[provider]?.request = request
      seen[provider]?.body = copy
    }
    if request.model == "refuse" { throw Self.fullFailure }
    exchange.method = request.operation == .delete ? "DELETE" : "POST"
    exchange.url = "https://eu.probe.example/v1/responses"
    exchange.header("x-plain", "väl")
    exchange.place(request.credential, in: "authorization", prefix: "Bearer ")
    exchange.place(nil, in: "x-key")
    exchange.warn("first warning")
    exchange.warn("second warning")
    guard request.operation.hasBody else { return }
    var editor = try BodyEditor(request, body: body, into: &exchange)
    if request.model == "edit" {
      editor.set(
        "model", to: JSONEscape.literal("wire"), because: .rule(1), in: body, into: &exchange)
      editor.set(
        "store", to: Array("false".utf8), because: .parameter(.stateStore), in: body,
        into: &exchange)
      editor.remove("user", because: .parameter(.unsupported), in: body, into: &exchange)
      exchange.report(.rule(0), .add, at: 0, added: "-")
    }
    exchange.body = editor.finish(body)
  }

  /// A failure that uses every field.
  static let fullFailure = TransportFailure(
    .notFound, scope: .model, "no deployment \"é\".", pointer: "/model",
    upstreamCode: "DeploymentNotFound", retryAfter: .milliseconds(1500), amendment: "shorter",
    setting: "/options/region", suggestion: "north")

  func framing(of head: ResponseHead) throws(TransportFailure) -> Framing {
    if head.status == 204 { throw Self.fullFailure }
    if head["x-framing"] == "raw" { return .raw }
    return .default(forContentType: head["content-type"] ?? "")
  }

  func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    // The test puts a code's number into the status and a scope's into the body's length.
    TransportFailure(
      TransportFailure.Code(rawValue: Int32(head.status - 400)) ?? .upstreamFailed,
      scope: TransportFailure.Scope(rawValue: Int32(body.count)) ?? .endpoint,
      "classified",
      retryAfter: head["retry-after"].flatMap(Int64.init).map { .seconds($0) }
        ?? head["retry-after-us"].flatMap(Int64.init).map { .microseconds($0) })
  }

  static func recognize(_ sample: SampleRequest, body: Span<UInt8>) -> Recognition? {
    guard sample.url.contains("probe.example") else { return nil }
    var found = Recognition(
      confidence: sample.isBearer ? 90 : 250, reason: "\(sample.method) \(sample.headerNames)",
      variable: "PROBE_API_KEY", operation: .inputItems, responseID: "resp_1")
    found.baseURL = "https://probe.example/v1"
    found.options = ["region": "n\"orth", "project": "p"]
    found.authentication = sample.isBearer ? .bearer : .header("x-key")
    found.model = "\(body.count)"
    return found
  }

  /// Answers with what reached it, and with one more than a host looks at.
  static func alternatives(to settings: TransportSettings) -> [SettingsAlternative] {
    [
      SettingsAlternative(
        baseURL: settings.baseURL + "/v1", options: settings.options.merging(["n": "\"é\""]) { $1 },
        reason: "\(settings.authentication) \(settings.allowsHTTP)")
    ] + (1...8).map { SettingsAlternative(reason: "\($0)") }
  }

  func makeReader(for request: TransportRequest) -> (any FrameReader)? {
    request.model == "forward" ? nil : ProbeReader(provider)
  }
}

/// Numbers its frames, so that what it remembers shows.
final class ProbeReader: FrameReader {
  private let provider: String
  private var count = 0

  init(_ provider: String) {
    self.provider = provider
    ProbeTransport.seen.withLock { $0[provider]?.liveReaders += 1 }
  }

  deinit {
    let provider = provider
    ProbeTransport.seen.withLock { $0[provider]?.liveReaders -= 1 }
  }

  func read(name: String, data: Span<UInt8>, events: inout EventDraft) throws(TransportFailure) {
    count += 1
    switch name {
    case "both":
      events.forward()
      events.emit("extra", Array("{}".utf8))
    case "fail":
      events.emit("before", Array("{}".utf8))
      throw ProbeTransport.fullFailure
    default:
      for index in 0..<3 { events.emit("\(name)-\(count)-\(index)", Array("\(data.count)".utf8)) }
    }
  }

  func end(events: inout EventDraft) throws(TransportFailure) {
    if count == 0 { throw TransportFailure(.protocolError, "nothing came.") }
    events.emit("", Array("{\"frames\":\(count)}".utf8))
  }
}

/// What the instances saw, by provider id.
///
/// SAFETY: every access holds the lock. It is one that the thread sanitizer knows; it does not see that
/// a `Mutex` excludes, and would report each use.
private final class Observations: @unchecked Sendable {
  private let lock = NSLock()
  private var seen: [String: ProbeTransport.Seen] = [:]

  func withLock<R>(_ body: (inout [String: ProbeTransport.Seen]) -> R) -> R {
    lock.lock()
    defer { lock.unlock() }
    return body(&seen)
  }
}
