#if Gateway

/// All that is known of one request that was served, told once, at its end.
///
/// Metrics, the span and the line of the request log are made of it, so that they never disagree.
public struct ServedCall: Sendable, Hashable {
  /// One exchange with one target, as far as telemetry counts it.
  public struct Attempt: Sendable, Hashable {
    /// The provider id.
    public var provider: String
    /// The target's own name, or the model where the file gives none.
    public var target: String
    /// `ok`, or an error code.
    public var outcome: String

    /// States an attempt.
    public init(provider: String, target: String, outcome: String) {
      (self.provider, self.target, self.outcome) = (provider, target, outcome)
    }
  }

  /// The id that the gateway gave the request.
  public var requestID: String
  /// The client's name in the configuration, never its key; nil where clients have none.
  public var client: String?
  /// The HTTP method.
  public var method: String
  /// The endpoint as it is documented, such as `/v1/responses/{id}`: of a closed list, never a path.
  public var endpoint: String
  /// OpenTelemetry's name of what was asked of a model, such as `chat`; nil where no model is asked.
  public var operation: String?
  /// The model as the client wrote it.
  public var requestedModel: String?
  /// The provider id of who answered, or was asked last; nil where nobody was asked.
  public var provider: String?
  /// What kind of provider that is, in OpenTelemetry's words where it has one; nil: its id is all
  /// there is.
  public var providerKind: String?
  /// The target's own name.
  public var target: String?
  /// The model that answered, as far as the upstream says.
  public var servedModel: String?
  /// The id of the response object.
  public var responseID: String?
  /// Whether the answer was a stream.
  public var isStreamed = false
  /// The status that the client was sent; 0 where it left before there was one.
  public var status: Int
  /// `ok`, or the error code.
  public var outcome: String
  /// What was wrong and what to do, or nil.
  public var errorMessage: String?
  /// Who has to act on the error, or nil.
  public var fault: String?
  /// What was tried, in order.
  public var attempts: [Attempt] = []
  /// From the request's head to the last byte of the answer.
  public var duration: Duration
  /// From the request's head to the first event; of a whole answer nil.
  public var firstEvent: Duration?
  /// What the model read, cached parts included; nil where the upstream did not count.
  public var inputTokens: Int64?
  /// The part of ``inputTokens`` that came from a cache.
  public var cachedTokens: Int64?
  /// What the model wrote, its reasoning included.
  public var outputTokens: Int64?
  /// The part of ``outputTokens`` that was reasoning.
  public var reasoningTokens: Int64?
  /// Why the model stopped, such as `stop` or `max_output_tokens`.
  public var finishReason: String?
  /// The size of the request's body.
  public var requestBytes: Int64 = 0
  /// The size of the answer's body.
  public var responseBytes: Int64 = 0
  /// When it began, in milliseconds since the epoch.
  public var began: Int64
  /// Which reading of the configuration served it.
  public var generation: Int?
  /// The request's body, only where the configuration wants bodies logged.
  public var requestBody: String?
  /// The answer's body, only where the configuration wants bodies logged.
  public var responseBody: String?

  /// States what every request has; the rest is set afterwards.
  ///
  /// - Parameters:
  ///   - requestID: The id that the gateway gave it.
  ///   - method: The HTTP method.
  ///   - endpoint: The endpoint as it is documented.
  ///   - operation: OpenTelemetry's name of what was asked, or nil.
  ///   - status: The status that the client was sent.
  ///   - outcome: `ok`, or the error code.
  ///   - began: Milliseconds since the epoch.
  ///   - duration: Until the last byte of the answer.
  public init(
    requestID: String, method: String, endpoint: String, operation: String? = nil, status: Int,
    outcome: String, began: Int64, duration: Duration
  ) {
    (self.requestID, self.method, self.endpoint) = (requestID, method, endpoint)
    (self.operation, self.status, self.outcome) = (operation, status, outcome)
    (self.began, self.duration) = (began, duration)
  }

  /// How many of the attempts were further ones at a target that had been asked.
  public var retries: Int {
    attempts.count - Set(attempts.map { [$0.provider, $0.target] }).count
  }

  /// Whether it failed.
  public var isFailed: Bool { outcome != "ok" }
}

#endif
