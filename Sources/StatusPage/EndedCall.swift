/// What came of a call, as far as a status page shows it.
public struct EndedCall: Sendable, Hashable {
  /// The provider id of who answered, or was asked last; nil where nobody was asked.
  public var provider: String?
  /// The target's own name, or the model where the file gives none.
  public var target: String?
  /// The model as the client wrote it.
  public var model: String?
  /// `ok`, or the error code.
  public var outcome: String
  /// From the beginning to the end.
  public var duration: Duration
  /// Until the first event, or nil.
  public var firstEvent: Duration?
  /// What the model read.
  public var inputTokens: Int64
  /// What the model wrote.
  public var outputTokens: Int64
  /// What was wrong.
  public var message: String
  /// What to do about it, or empty.
  public var advice: String
  /// The place in the configuration, such as `providers.yaml:12:5`, or empty.
  public var source: String
  /// The id of the request, by which the request log has it, or empty.
  public var requestID: String

  /// States what came of a call.
  public init(
    provider: String? = nil, target: String? = nil, model: String? = nil, outcome: String,
    duration: Duration, firstEvent: Duration? = nil, inputTokens: Int64 = 0,
    outputTokens: Int64 = 0, message: String = "", advice: String = "", source: String = "",
    requestID: String = ""
  ) {
    (self.provider, self.target, self.model) = (provider, target, model)
    (self.outcome, self.duration, self.firstEvent) = (outcome, duration, firstEvent)
    (self.inputTokens, self.outputTokens) = (inputTokens, outputTokens)
    (self.message, self.advice, self.source) = (message, advice, source)
    self.requestID = requestID
  }

  /// Whether it failed.
  public var isFailed: Bool { outcome != "ok" }
}
