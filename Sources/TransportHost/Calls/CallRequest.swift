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
