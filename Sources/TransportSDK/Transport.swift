/// A plugin's whole knowledge of one kind of upstream.
///
/// A transport describes one attempt and says what came of it. It never touches a socket, a file, a
/// clock or a thread: the host does all of that. Everything here is synchronous and bounded, and an
/// instance is immutable after it was made, because the host calls it from many threads at once.
///
/// ```swift
/// struct AcmeTransport: Transport {
///   static let descriptor = TransportDescriptor(id: "acme", version: "1.0.0", summary: "Acme models")
///   let facts: EndpointFacts
///
///   init(settings: TransportSettings, report: inout SettingsReport) throws(SettingsRefused) {
///     facts = EndpointFacts(endpoint: settings.baseURL, allowedHosts: ["api.acme.example"])
///   }
///
///   func prepare(
///     _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
///   ) throws(TransportFailure) {
///     exchange.method = "POST"
///     exchange.url = facts.endpoint + "/responses"
///     exchange.place(request.credential, in: "authorization", prefix: "Bearer ")
///     exchange.body = try BodyEditor(request, body: body, into: &exchange).finish(body)
///   }
/// }
/// ```
public protocol Transport: Sendable {
  /// Static facts: id, version and the options that ``init(settings:report:)`` understands.
  static var descriptor: TransportDescriptor { get }

  /// The reasons for edits, indexed by ``EditSource/rule(_:)``. Default: none.
  static var rules: [Rule] { get }

  /// Makes an instance for one provider entry.
  ///
  /// - Parameters:
  ///   - settings: The entry as far as a transport may know it. Its options have been checked against
  ///     the descriptor: names, types and closed lists.
  ///   - report: Takes every problem, each with its place in the entry.
  /// - Throws: ``SettingsRefused`` after at least one failure was reported.
  init(settings: TransportSettings, report: inout SettingsReport) throws(SettingsRefused)

  /// What the host must know of the instance.
  var facts: EndpointFacts { get }

  /// Describes one attempt.
  ///
  /// - Parameters:
  ///   - request: What the caller wants, for which model, with which parameters.
  ///   - body: The caller's JSON, validated; empty for an operation without a body.
  ///   - exchange: Takes method, URL, headers, body and every edit.
  /// - Throws: ``TransportFailure`` when the request cannot be sent.
  func prepare(
    _ request: TransportRequest, body: Span<UInt8>, exchange: inout ExchangeDraft
  ) throws(TransportFailure)

  /// Chooses how the body of a response with a status below 400 is cut into frames.
  ///
  /// The default reads `content-type`: event streams, JSON lines, anything else as a whole.
  ///
  /// - Throws: ``TransportFailure`` when the head alone shows that the exchange failed.
  func framing(of head: ResponseHead) throws(TransportFailure) -> Framing

  /// Reads what a head with a status below 400 says of the model and of rate limits. Default: nothing.
  func facts(of head: ResponseHead) -> HeadFacts

  /// Explains a refusal: a status of 400 or more with its body, or the error object of a stream.
  ///
  /// - Parameters:
  ///   - head: Status and headers; for a stream's error object the stream's own, below 400.
  ///   - body: At most 64 KiB, of any content type.
  /// - Returns: What went wrong, for the host to act on.
  func classify(_ head: ResponseHead, body: Span<UInt8>) -> TransportFailure

  /// Reads a request that works and says which provider entry makes it, or nil when it is not of this
  /// kind. Default: nil.
  static func recognize(_ sample: SampleRequest, body: Span<UInt8>) -> Recognition?

  /// Names other settings under which the same account may answer, the likeliest first. Default: none.
  ///
  /// - Parameter settings: A provider entry whose requests are refused, or which the initializer
  ///   refuses.
  /// - Returns: At most 8 count.
  static func alternatives(to settings: TransportSettings) -> [SettingsAlternative]

  /// Judges a credential of one of ``TransportDescriptor/tokenFlows`` without obtaining it. Default: nil.
  ///
  /// - Parameters:
  ///   - credential: The credential's JSON object, `{"entra": {…}}`, each secret in it replaced by
  ///     `{"$secret": handle}`.
  ///   - report: Takes every problem, each with its place in the credential.
  /// - Returns: What it means for this instance; nil: no flow of this transport.
  func tokenFacts(of credential: [UInt8], report: inout SettingsReport) -> TokenFacts?

  /// Starts a flow.
  ///
  /// - Parameters:
  ///   - credential: As for ``tokenFacts(of:report:)``, where it was found to be right.
  ///   - scope: The scope to ask for; empty: the instance's own.
  /// - Returns: The flow; nil, as the default does: no flow of this transport.
  func makeTokenFlow(_ credential: [UInt8], scope: String) -> (any TokenFlow)?

  /// Makes the reader that translates the frames of one exchange. Default: nil, each is forwarded.
  func makeReader(for request: TransportRequest) -> (any FrameReader)?
}

extension Transport {
  /// No rules: the transport makes no edit.
  public static var rules: [Rule] { [] }

  /// Reads `content-type`: event streams, JSON lines, anything else as a whole.
  public func framing(of head: ResponseHead) throws(TransportFailure) -> Framing {
    .default(forContentType: head["content-type"] ?? "")
  }

  /// Says nothing.
  public func facts(of head: ResponseHead) -> HeadFacts { HeadFacts() }

  /// Knows no flow.
  public func tokenFacts(
    of credential: [UInt8], report: inout SettingsReport
  ) -> TokenFacts? { nil }

  /// Knows no flow.
  public func makeTokenFlow(_ credential: [UInt8], scope: String) -> (any TokenFlow)? { nil }

  /// Recognizes nothing.
  public static func recognize(_ sample: SampleRequest, body: Span<UInt8>) -> Recognition? { nil }

  /// Knows no other settings.
  public static func alternatives(to settings: TransportSettings) -> [SettingsAlternative] { [] }

  /// Forwards every frame.
  public func makeReader(for request: TransportRequest) -> (any FrameReader)? { nil }
}

/// Translates the frames of one exchange into canonical events.
///
/// Only a transport whose upstream does not speak the canonical language needs one.
public protocol FrameReader: AnyObject {
  /// Reads one frame: a server-sent event, a line or a whole body, as the framing was chosen.
  ///
  /// - Throws: ``TransportFailure`` when the stream is broken or says that the call failed.
  func read(name: String, data: Span<UInt8>, events: inout EventDraft) throws(TransportFailure)

  /// The body ended cleanly: what is still to say is said now.
  ///
  /// - Throws: ``TransportFailure`` when something was missing.
  func end(events: inout EventDraft) throws(TransportFailure)
}
