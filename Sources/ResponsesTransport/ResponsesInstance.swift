public import TransportSDK

/// One provider entry of an upstream that speaks the Responses protocol.
///
/// A class, so that a call copies one reference and not a dialect of fifty.
public final class ResponsesInstance: Sendable {
  /// What the host must know.
  public let facts: EndpointFacts
  /// Where the operations lie.
  public let endpoint: Endpoint
  /// What the host lends.
  public var host: HostServices { settings.host }

  private let dialect: ResponsesDialect
  private let settings: TransportSettings
  private let headers: [(name: String, value: String)]
  private let refusals: RefusalTable

  /// Finds the endpoint and checks what else the entry says.
  ///
  /// - Parameters:
  ///   - dialect: What the upstream is like.
  ///   - settings: The provider entry.
  ///   - headers: Headers of every request, the names in lower case.
  ///   - owners: What besides the endpoint decides who can read stored state, such as a project.
  ///   - report: Takes what is wrong.
  /// - Throws: `SettingsRefused` after a failure was reported.
  public init(
    _ dialect: ResponsesDialect, settings: TransportSettings,
    headers: [(name: String, value: String)] = [], owners: [String] = [],
    report: inout SettingsReport
  ) throws(SettingsRefused) {
    if case .header(let name) = settings.authentication, !HeaderText.isName(name) {
      report.fail("/auth/header/name", "\"\(name)\" is no name of a header that can hold a secret.")
    }
    endpoint = try EndpointResolver(table: dialect.endpoints, settings: settings)
      .resolve(into: &report)
    try report.check()
    self.dialect = dialect
    self.settings = settings
    self.headers = headers
    let host = endpoint.parent.authority
    refusals = RefusalTable(
      rows: dialect.refusals, context: RefusalContext(endpoint, dialect, settings),
      codeHeader: dialect.errorCodeHeader)
    facts = EndpointFacts(
      endpoint: endpoint.parent.text, allowedHosts: [endpoint.parent.hostName],
      credentialHeaders: Self.credentialHeader(settings, dialect).map { [$0] } ?? [],
      requestIDHeaders: dialect.requestIDHeaders,
      stateBoundary: ([host] + [endpoint.project].compactMap(\.self) + owners)
        .joined(separator: "/"),
      stateLag: dialect.stateLag)
  }

  /// Describes one attempt.
  ///
  /// - Parameters:
  ///   - request: What the caller wants.
  ///   - body: The caller's JSON, validated; empty for an operation without a body.
  ///   - exchange: Takes method, URL, headers, body, edits and warnings.
  /// - Throws: `TransportFailure` when the request cannot be sent.
  public func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    try dialect.operations.check(request.operation, at: endpoint, into: &exchange)
    exchange.method = OperationPath.method(of: request.operation)
    let amendments = amendments(of: request, into: &exchange)
    try endpoint.place(
      request.operation, responseID: request.responseID, query: request.query,
      dropsVersion: amendments.dropsVersion, into: &exchange)
    placeHeaders(of: request, into: &exchange)
    guard request.operation.hasBody else { return }
    let model = request.model.isEmpty ? endpoint.deployment ?? "" : request.model
    try Payload(
      request, rules: dialect.rules, settings: settings, amendments: amendments, body: body,
      into: &exchange
    ).finish(model: model, body: body, into: &exchange)
  }

  /// Whether refusals of the upstream may change later attempts.
  private var amends: Bool { settings.unsupported == .drop }

  private func amendments(
    of request: TransportRequest, into exchange: inout ExchangeDraft
  ) -> Amendments {
    guard amends, !request.amendments.isEmpty else { return .none }
    exchange.note(applied: request.amendments)
    return Amendments(request.amendments)
  }

  /// Reads the model that answers and the rate limits.
  ///
  /// - Parameter head: Status and headers.
  /// - Returns: What the head says; nothing where it says nothing.
  public func facts(of head: ResponseHead) -> HeadFacts {
    var facts = HeadFacts()
    facts.servedModel = dialect.servedModelHeader.flatMap { head[$0] } ?? ""
    facts.rateLimits = RateLimitHeaders.read(head.headers)
    return facts
  }

  /// Explains a refusal.
  ///
  /// - Parameters:
  ///   - head: Status and headers; a status below 400 stands for an error inside of a stream.
  ///   - body: The body or the stream's error object.
  /// - Returns: What the dialect's table says.
  public func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    refusals.classify(head, body: body)
  }
}

// MARK: - Headers

extension ResponsesInstance {
  private func placeHeaders(of request: TransportRequest, into exchange: inout ExchangeDraft) {
    if request.operation.hasBody { exchange.header("content-type", "application/json") }
    exchange.header("accept", isStream(request) ? "text/event-stream" : "application/json")
    for header in headers { exchange.header(header.name, header.value) }
    guard let name = Self.credentialHeader(settings, dialect) else { return }
    exchange.place(request.credential, in: name, prefix: Self.credentialPrefix(settings, dialect))
  }

  /// A stored response is streamed again when the query asks for it.
  private func isStream(_ request: TransportRequest) -> Bool {
    switch request.operation {
    case .create: request.isStream
    case .get: request.query.contains(QueryPair("stream", "true"))
    default: false
    }
  }

  private static func credentialHeader(
    _ settings: TransportSettings, _ dialect: ResponsesDialect
  ) -> String? {
    switch (settings.authentication, dialect.keyHeader) {
    case (.none, _): nil
    case (.header(let name), _), (.key, .named(let name)): name
    case (.bearer, _), (.key, .bearer): "authorization"
    }
  }

  private static func credentialPrefix(
    _ settings: TransportSettings, _ dialect: ResponsesDialect
  ) -> String {
    switch (settings.authentication, dialect.keyHeader) {
    case (.bearer, _), (.key, .bearer): "Bearer "
    default: ""
    }
  }
}

/// What may stand in a header.
public enum HeaderText {
  /// Headers that frame the message or are sent anyway; a secret in one of them would break it.
  private static let framing = [
    "host", "content-length", "transfer-encoding", "connection", "content-type", "accept",
  ]

  /// Whether `name` can be the name of a header that holds a secret.
  /// - Source: RFC 9110, section 5.1: a token.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && !framing.contains(name)
      && name.utf8.allSatisfy { $0.isASCIIAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains($0) }
  }

  /// Whether `value` can be the value of a header: visible ASCII, blanks inside.
  /// - Source: RFC 9110, section 5.5, without its obsolete bytes.
  public static func isValue(_ value: String) -> Bool {
    !value.isEmpty && value.utf8.allSatisfy { 0x20...0x7E ~= $0 } && value.first != " "
      && value.last != " "
  }
}
