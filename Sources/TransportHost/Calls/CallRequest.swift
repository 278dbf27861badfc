import JSONText

/// What a client asks, in the canonical language.
public struct CallRequest: Sendable {
  /// What is asked of the upstream: `create`, `get`, `delete`, `cancel`, `input_items`,
  /// `input_tokens`, `compact` or `models`.
  public var operation: String
  /// The name that clients use for a model.
  ///
  /// Nil: the body's own `model`; for an operation without a body the only provider there is.
  public var model: String?
  /// Only this provider may serve the call; nil: any that the model has.
  public var provider: String?
  /// A whole request as JSON; nil for an operation without a body.
  public var body: [UInt8]?
  /// The stored response that get, delete, cancel and input_items are about.
  public var responseID: String
  /// Pairs for the query, as `after` and `limit` of input_items.
  public var query: [(name: String, value: String)]
  /// Whether the answer is streamed; nil: as the body says.
  public var isStream: Bool?
  /// Headers of the client that decide where the request goes; none of them is sent.
  public var headers: [(name: String, value: String)] = []
  /// Whether whoever asks may use a model, by the name that the request has for it; nil: any.
  package var mayUse: (@Sendable (String) -> Bool)?
  /// What this call may take, within what the configuration allows.
  public var limits = Limits()

  /// What one call may take; nil: as the configuration says, which nothing here exceeds.
  public struct Limits: Sendable, Hashable {
    /// Until the connection stands.
    public var connect: Duration?
    /// Until the first event of a stream.
    public var firstEvent: Duration?
    /// The longest silence within a stream.
    public var idle: Duration?
    /// One whole attempt.
    public var attempt: Duration?
    /// The whole call, waits and further attempts included.
    public var total: Duration?
    /// The most retries at one target.
    public var maxRetries: Int?
    /// Whether the model's fallbacks may be asked.
    public var allowsFallbacks = true

    /// As the configuration says.
    public init() {}
  }

  /// States a request.
  public init(
    operation: String = "create", model: String? = nil, provider: String? = nil,
    body: [UInt8]? = nil, responseID: String = "", query: [(name: String, value: String)] = [],
    isStream: Bool? = nil
  ) {
    self.operation = operation
    self.model = model
    self.provider = provider
    self.body = body
    self.responseID = responseID
    self.query = query
    self.isStream = isStream
  }

  /// The value of a header by its name in lower case; of several the first.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }

  /// A question in plain text: `{"model": …, "input": …, "stream": …}`.
  public static func text(_ text: String, model: String, isStream: Bool = true) -> CallRequest {
    var body = JSONWriter()
    body.object { request in
      request.member("model", model)
      request.member("input", text)
      request.member("stream", isStream)
    }
    return CallRequest(model: model, body: body.bytes)
  }
}
