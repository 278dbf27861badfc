public import TransportSDK

/// A transport that is a dialect of the Responses protocol and nothing else.
///
/// It states its dialect and keeps an instance; everything that a transport must do follows.
public protocol DialectTransport: Transport {
  /// In what the upstream differs from others of the protocol.
  static var dialect: ResponsesDialect { get }

  /// The provider entry.
  var instance: ResponsesInstance { get }

  /// Keeps the instance of a provider entry.
  init(instance: ResponsesInstance)
}

extension DialectTransport {
  /// The rules of the dialect.
  public static var rules: [Rule] { dialect.rules.rules }

  /// Those of the instance.
  public var facts: EndpointFacts { instance.facts }

  /// Makes the instance from the dialect alone; a transport with options of its own writes another.
  ///
  /// - Parameters:
  ///   - settings: The provider entry.
  ///   - report: Takes what is wrong.
  /// - Throws: `SettingsRefused` after a failure was reported.
  public init(
    settings: TransportSettings, report: inout SettingsReport
  ) throws(SettingsRefused) {
    self.init(
      instance: try ResponsesInstance(Self.dialect, settings: settings, report: &report))
  }

  /// Describes one attempt, as the dialect says.
  ///
  /// - Parameters:
  ///   - request: What the caller wants.
  ///   - body: The caller's JSON.
  ///   - exchange: Takes the exchange.
  /// - Throws: `TransportFailure` when the request cannot be sent.
  public func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure) {
    try instance.prepare(request, body: body, exchange: &exchange)
  }

  /// Reads the model that answers and the rate limits.
  ///
  /// - Parameter head: Status and headers.
  /// - Returns: What the head says.
  public func facts(of head: ResponseHead) -> HeadFacts { instance.facts(of: head) }

  /// Explains a refusal by the dialect's table.
  ///
  /// - Parameters:
  ///   - head: Status and headers.
  ///   - body: The body or the stream's error object.
  /// - Returns: What the first row that fits says.
  public func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure {
    instance.classify(head, body: body)
  }
}
